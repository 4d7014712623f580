package org.qsnn.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.sample.Samples;

class LocalBackendTest {
  private static final int ALL = 23;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void someTrainingSamplesAreTheSameInAnyNumberOfShards(int shards) {
    Samples some = backend(shards).someTraining(5);
    assertThat(IntStream.range(0, some.size()).mapToLong(some::id))
        .containsExactly(0L, 12L, 27L, 39L, 54L);
    for (int i = 0; i < some.size(); i++) {
      assertThat(some.label(i)).isEqualTo((int) some.id(i) % 10);
      assertThat(some.payload(i)).containsExactly((byte) some.id(i));
    }
  }

  @Test
  void someTrainingSamplesAreAllWhereThereAreNotSoMany() {
    assertThat(backend(2).someTraining(100).size()).isEqualTo(ALL);
  }

  /** Samples with the ids 0, 3, 6, …, dealt in turn. */
  private static LocalBackend backend(int shards) {
    List<Samples> training = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      int first = shard;
      long[] ids =
          IntStream.range(0, ALL).filter(r -> r % shards == first).mapToLong(r -> 3L * r).toArray();
      int[] labels = new int[ids.length];
      byte[][] payloads = new byte[ids.length][];
      for (int i = 0; i < ids.length; i++) {
        labels[i] = (int) ids[i] % 10;
        payloads[i] = new byte[] {(byte) ids[i]};
      }
      training.add(new Samples(ids, labels, payloads));
    }
    return new LocalBackend(training, List.of(), List.of("a"), Optional.empty(), "ab");
  }
}
