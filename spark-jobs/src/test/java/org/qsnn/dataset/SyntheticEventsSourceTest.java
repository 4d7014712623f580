package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.qsnn.sample.SyntheticImages;
import org.qsnn.storage.FileStore;

class SyntheticEventsSourceTest {
  @Test
  void recordsTheRenderedImages() {
    PouredSet set = pour(20, 10);

    assertThat(set.payload().shape()).containsExactly(2, 32, 32);
    assertThat(set.labels(Split.TRAIN))
        .hasSize(20)
        .startsWith((int) SyntheticImages.record(1, 0)[0]);
    assertThat(set.labels(Split.TEST)).hasSize(10);
    assertThat(set.events(Split.TRAIN, 3).size()).isGreaterThan(500);
    assertThat(set.events(Split.TRAIN, 3).duration()).isLessThanOrEqualTo(100_000);
    assertThat(open(20, 10).classNames()).hasSize(10);
  }

  @Test
  void splitsDoNotDependOnEachOthersSize() {
    List<SourceFile> small = pour(12, 10).sources();
    List<SourceFile> large = pour(15, 10).sources();

    assertThat(small.get(1)).isEqualTo(large.get(1));
    assertThat(small.get(0).sha256()).isNotEqualTo(large.get(0).sha256());
  }

  @Test
  void stateTellsCountsApart() {
    assertThat(open(10, 10).state()).isEqualTo(open(10, 10).state());
    assertThat(open(10, 10).state()).isNotEqualTo(open(10, 11).state());
  }

  private static PouredSet pour(int train, int test) {
    return PouredSet.of(open(train, test));
  }

  private static RawSource open(int train, int test) {
    return Places.syntheticEvents(train, test).open(FileStore.of(new Configuration()));
  }
}
