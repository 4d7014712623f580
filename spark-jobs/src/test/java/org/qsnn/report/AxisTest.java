package org.qsnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void ticksAreRoundAndCoverTheValues() {
    assertThat(shown(Axis.of(0.61, 0.98))).containsExactly("0.6", "0.7", "0.8", "0.9", "1.0");
    assertThat(shown(Axis.of(1, 299))).containsExactly("0", "100", "200", "300");
    assertThat(shown(Axis.of(-0.5, 0.5)))
        .containsExactly("-0.6", "-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6");
    assertThat(shown(Axis.of(6.6e-4, 7.1e-4))).startsWith("6.6e-04").endsWith("7.1e-04");
    assertThat(shown(Axis.of(0, 2e6))).containsExactly("0.0 M", "0.5 M", "1.0 M", "1.5 M", "2.0 M");
    assertThat(shown(Axis.of(0, 2e4))).contains("0 k", "20 k");
  }

  @Test
  void ticksOfSmallNumbersThatLieCloseAreToldApart() {
    assertThat(shown(Axis.of(6.71e-4, 6.74e-4))).doesNotHaveDuplicates().contains("6.72e-04");
    assertThat(shown(Axis.of(2.00001e-6, 2.00003e-6))).doesNotHaveDuplicates();
    assertThat(shown(Axis.of(3e10, 3.001e10))).doesNotHaveDuplicates();
  }

  @Test
  void epochsBeginAtOneAndTicksAreWholeNumbers() {
    assertThat(shown(Axis.counted(300))).containsExactly("100", "200", "300");
    assertThat(shown(Axis.counted(10))).containsExactly("2", "4", "6", "8", "10");
    assertThat(shown(Axis.counted(4))).containsExactly("1", "2", "3", "4");
    assertThat(shown(Axis.counted(1))).containsExactly("1", "2");
    assertThat(Axis.counted(300).place(1)).isZero();
  }

  @Test
  void oneValueHasAnAxisToo() {
    assertThat(shown(Axis.of(0.01, 0.01))).startsWith("0.010");
    for (double value : new double[] {0, 0.1, -3, 1e-9, 1e9}) {
      Axis axis = Axis.of(value, value);
      assertThat(axis.from()).isLessThanOrEqualTo(value);
      assertThat(axis.to()).isGreaterThan(axis.from()).isGreaterThanOrEqualTo(value);
      assertThat(axis.ticks()).hasSizeBetween(2, 12);
    }
  }

  @Test
  void placeIsZeroAtTheFirstAndOneAtTheLastTick() {
    Axis axis = new Axis(2, 6, 1);

    assertThat(axis.place(2)).isZero();
    assertThat(axis.place(5)).isEqualTo(0.75);
    assertThat(axis.place(6)).isEqualTo(1);
  }

  private static List<String> shown(Axis axis) {
    return axis.ticks().stream().map(axis::shown).toList();
  }
}
