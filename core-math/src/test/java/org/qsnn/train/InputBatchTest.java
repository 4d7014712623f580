package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qsnn.network.Input;
import org.qsnn.sample.Picture;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class InputBatchTest {
  private final Samples samples =
      new Samples(new long[] {10, 20, 30}, new int[] {7, 8, 9}, new byte[][] {{1}, {2}, {3}});

  @Test
  void putsTimeFirst() {
    try (Workspace workspace = new Workspace()) {
      Input input = InputBatch.decode(new Frames(2), samples, new int[] {2, 0}, 5, 6, workspace);
      assertThat(input.batch()).isEqualTo(2);
      assertThat(input.values().shape()).containsExactly(4, 1, 1, 1);
      // payload, id, epoch, step and frame as digits
      assertThat(input.values().toArray()).containsExactly(330560, 110560, 330561, 110561);
    }
  }

  @Test
  void anImageIsOneFrame() {
    try (Workspace workspace = new Workspace()) {
      Input input = InputBatch.decode(new Frames(1), samples, new int[] {1, 2, 0}, 4, 6, workspace);
      assertThat(input.values().shape()).containsExactly(3, 1, 1, 1);
      assertThat(input.values().toArray()).containsExactly(220460, 330460, 110460);
    }
  }

  @Test
  void aMirrorSwapsLeftAndRightOfEveryFrame() {
    Input input =
        new Input(
            FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 1, 2, 3), 1);
    InputBatch.mirror(input);
    assertThat(input.values().toArray()).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
  }

  @Test
  void labelsFollowTheIndices() {
    assertThat(new InputBatch.Batch(samples, new int[] {2, 0, 2}).labels())
        .containsExactly(9, 7, 9);
  }

  private record Frames(int frames) implements SampleDecoder {
    @Override
    public int channels() {
      return 1;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset) {
      for (int t = 0; t < frames; t++) {
        target[offset + t] = 100_000 * payload[0] + 1_000 * id + 100 * epoch + 10 * step + t;
      }
    }

    @Override
    public Picture picture(byte[] payload, long id) {
      throw new UnsupportedOperationException("nothing to see");
    }
  }
}
