package org.qsnn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConfusionTest {
  @Test
  void countsRowsByLabelAndColumnsByPrediction() {
    Confusion confusion = new Confusion(3);
    confusion.add(0, 0);
    confusion.add(0, 2);
    confusion.add(2, 2);
    confusion.add(1, 0);

    assertThat(confusion.rows()).isDeepEqualTo(new long[][] {{1, 0, 1}, {1, 0, 0}, {0, 0, 1}});
    assertThat(confusion.samples()).isEqualTo(4);
    assertThat(confusion.correct()).isEqualTo(2);
    assertThat(confusion.accuracy()).isEqualTo(0.5);
  }

  @Test
  void mergeLeavesBothSidesAsTheyWere() {
    Confusion a = new Confusion(2);
    a.add(1, 1);
    Confusion b = new Confusion(2);
    b.add(0, 1);

    Confusion merged = a.merge(b);

    assertThat(merged.rows()).isDeepEqualTo(new long[][] {{0, 1}, {0, 1}});
    assertThat(a.samples()).isEqualTo(1);
    assertThat(b.samples()).isEqualTo(1);
  }

  @Test
  void accuracyOfNothingIsAnError() {
    assertThatThrownBy(() -> new Confusion(2).accuracy())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("accuracy of 0 samples");
  }

  @Test
  void refusesClassesOutOfRangeAndMatricesOfAnotherSize() {
    Confusion confusion = new Confusion(10);
    assertThatThrownBy(() -> confusion.add(10, 0)).hasMessage("label: expected 0…9, found 10");
    assertThatThrownBy(() -> confusion.add(0, -1)).hasMessage("prediction: expected 0…9, found -1");
    assertThatThrownBy(() -> confusion.merge(new Confusion(2)))
        .hasMessage("confusion: expected 10 classes, found 2");
  }

  @Test
  void samplesOfALabelAreThoseOfItsRow() {
    Confusion confusion = new Confusion(2);
    confusion.add(0, 1);
    confusion.add(0, 0);
    confusion.add(1, 0);

    assertThat(confusion.samples(0)).isEqualTo(2);
    assertThat(confusion.samples(1)).isEqualTo(1);
  }
}
