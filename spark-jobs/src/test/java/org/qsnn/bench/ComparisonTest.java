package org.qsnn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.bench.Comparison.Pair;
import org.qsnn.model.Architectures;

class ComparisonTest {
  private static final BenchmarkOptions OPTIONS =
      new BenchmarkOptions(Architectures.RESNET19, 0.125, 2, 16, 2, 32);

  @Test
  void ratioIsTheMedianOfTheRatiosAndNotTheRatioOfTheMedians() throws IOException {
    JsonNode json = json(pair(10, 10, 20, 5), pair(20, 5, 20, 5), pair(30, 20, 20, 5));

    assertThat(json.get("train_samples_per_s").doubleValue()).isEqualTo(20);
    assertThat(json.get("other_train_samples_per_s").doubleValue()).isEqualTo(10);
    assertThat(json.get("train_ratio").doubleValue()).isEqualTo(1.5);
    assertThat(json.get("infer_samples_per_s").doubleValue()).isEqualTo(20);
    assertThat(json.get("other_infer_samples_per_s").doubleValue()).isEqualTo(5);
    assertThat(json.get("infer_ratio").doubleValue()).isEqualTo(4);
  }

  @Test
  void evenNumberOfPairsTakesTheMeanOfTheMiddle() throws IOException {
    JsonNode json = json(pair(1, 1, 1, 1), pair(9, 1, 9, 1), pair(2, 1, 1, 1), pair(3, 1, 1, 1));

    assertThat(json.get("train_ratio").doubleValue()).isEqualTo(2.5);
    assertThat(json.get("infer_ratio").doubleValue()).isEqualTo(1);
  }

  @Test
  void saysWhatWasMeasuredAndWhere() throws IOException {
    JsonNode json = json(pair(1, 1, 1, 1));

    assertThat(json.get("what").textValue()).isEqualTo("compare");
    assertThat(json.get("network").textValue()).isEqualTo("resnet19");
    assertThat(json.get("batch").intValue()).isEqualTo(16);
    assertThat(json.get("cores").intValue()).isEqualTo(2);
    assertThat(json.get("pairs").intValue()).isEqualTo(1);
    assertThat(json.get("processor").textValue()).isEqualTo("Some CPU");
    assertThat(json.get("processor_cores").intValue()).isEqualTo(4);
    assertThat(json.get("command").textValue()).isEqualTo("echo \"x\"");
  }

  @Test
  void pairIsReadable() {
    assertThat(pair(14, 7, 60, 20).text())
        .isEqualTo("train 14.0 ÷ 7.0 = 2.00, infer 60.0 ÷ 20.0 = 3.00 samples/s");
  }

  private static Pair pair(double train, double otherTrain, double infer, double otherInfer) {
    return new Pair(new Throughput(train, infer), new Throughput(otherTrain, otherInfer));
  }

  private static JsonNode json(Pair... pairs) throws IOException {
    Comparison comparison = new Comparison(OPTIONS, "echo \"x\"", "Some CPU", 4, List.of(pairs));
    return new ObjectMapper().readTree(comparison.json());
  }
}
