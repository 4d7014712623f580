package org.qsnn.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.qsnn.model.Architectures;
import org.qsnn.model.WeightScheme;

class ParameterInitializerTest {
  private final NetworkLayout resnet =
      NetworkLayout.of(Architectures.RESNET19.spec(16, 2, 3, 32, 100, WeightScheme.REGULATED, 8));
  private final NetworkLayout vgg =
      NetworkLayout.of(Architectures.VGGSNN.spec(8, 2, 2, 48, 10, WeightScheme.REGULATED, 8));

  @Test
  void isAFunctionOfTheSeed() {
    float[] values = ParameterInitializer.parameters(resnet, 7).values();
    assertThat(ParameterInitializer.parameters(resnet, 7).values()).isEqualTo(values);
    assertThat(ParameterInitializer.parameters(resnet, 8).values()).isNotEqualTo(values);
  }

  @Test
  void noTwoTensorsStartAlike() {
    Parameters parameters = ParameterInitializer.parameters(resnet, 1);
    assertThat(parameters.get("blocks.0.first.conv.weight"))
        .isNotEqualTo(parameters.get("blocks.0.second.conv.weight"));
  }

  @Test
  void convolutionsHaveTheVarianceOfTheirFanOut() {
    float[] weight = ParameterInitializer.parameters(resnet, 1).get("blocks.7.first.conv.weight");
    assertThat(mean(weight)).isCloseTo(0, within(1e-3));
    assertThat(deviation(weight)).isCloseTo(Math.sqrt(2.0 / (9 * 64)), within(5e-4));
  }

  @Test
  void aReadoutBehindAGlobalAverageIsNormal() {
    float[] weight = ParameterInitializer.parameters(resnet, 1).get("fc.weight");
    assertThat(deviation(weight)).isCloseTo(1.0 / 64, within(5e-4));
    assertThat(largestMagnitude(weight)).isGreaterThan(3.0 / 64);
  }

  @Test
  void aReadoutOfFlattenedFeaturesIsUniform() {
    float[] weight = ParameterInitializer.parameters(vgg, 1).get("fc.weight");
    double bound = 1 / Math.sqrt(64 * 9);
    assertThat(largestMagnitude(weight)).isBetween(0.99 * bound, bound * (1 + 1e-7));
    assertThat(deviation(weight)).isCloseTo(bound / Math.sqrt(3), within(5e-4));
  }

  @Test
  void biasesAreZeroAndBatchNormalizationIsTheIdentity() {
    Parameters parameters = ParameterInitializer.parameters(vgg, 1);
    assertThat(parameters.get("convs.3.conv.bias")).containsOnly(0f);
    assertThat(parameters.get("fc.bias")).containsOnly(0f);
    assertThat(parameters.get("convs.3.bn.weight")).containsOnly(1f);
    assertThat(parameters.get("convs.3.bn.bias")).containsOnly(0f);
    Parameters statistics = ParameterInitializer.statistics(vgg);
    assertThat(statistics.get("convs.3.bn.running_mean")).containsOnly(0f);
    assertThat(statistics.get("convs.3.bn.running_var")).containsOnly(1f);
    assertThat(statistics.get("lifs.3.membrane_scale")).containsOnly(0f);
  }

  private static double largestMagnitude(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
