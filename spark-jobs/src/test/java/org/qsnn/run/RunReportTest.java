package org.qsnn.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private final WrittenFiles written = new WrittenFiles();
  private final RunReport report = new RunReport(written);

  @Test
  void writesEachFileUnderItsName() {
    report.configuration("train.epochs = 3 # Ä");
    report.fingerprint(0, Examples.fingerprint().json());
    report.epoch(Examples.epoch(0.5, 0.25));
    report.summary(Examples.summary(0.5, 0.4));

    assertThat(written.files.keySet())
        .containsExactly(
            "run.conf", "fingerprint.json", "metrics/epoch-000002.json", "summary.json");
    assertThat(written.files.get("run.conf")).isEqualTo("train.epochs = 3 # Ä".getBytes(UTF_8));
  }

  @Test
  void everyJsonFileIsOneObjectOnOneLine() {
    report.fingerprint(0, Examples.fingerprint().json());
    report.epoch(Examples.epoch(0.5, 0.25));
    report.summary(Examples.summary(0.5, 0.4));

    for (String name : written.files.keySet()) {
      assertThat(written.text(name)).endsWith("}\n").containsOnlyOnce("\n");
      assertThat(written.json(name).isObject()).isTrue();
    }
  }

  @Test
  void anEpochReadsBackAsItWasMeasured() {
    report.epoch(Examples.epoch(0.5, 0.375));
    JsonNode row = written.json(RunDirectory.metrics(2));

    assertThat(row.get("epoch").intValue()).isEqualTo(2);
    assertThat(row.get("loss").doubleValue()).isEqualTo(1.2344);
    assertThat(row.get("validation_accuracy").doubleValue()).isEqualTo(0.5);
    assertThat(row.at("/seconds/total").doubleValue()).isEqualTo(12.25);
    assertThat(row.at("/layers/1/name").textValue()).isEqualTo("blocks.0.lif1");
    assertThat(row.at("/layers/1/sign_flips").longValue()).isEqualTo(17);
    assertThat(row.at("/layers/1/validation_firing_rate").doubleValue()).isEqualTo(0.375);
    assertThat(row.at("/layers/1/firing_rate_by_timestep").toString()).isEqualTo("[0.0625,0.1875]");
  }

  @Test
  void aWholeNumberStaysADecimalSoThatItsColumnKeepsItsType() {
    report.summary(Examples.summary(1.0, 1.0));

    assertThat(written.text(RunDirectory.SUMMARY))
        .contains("\"samples_per_s\":147.0,\"validation_accuracy\":1.0,\"test_accuracy\":1.0");
  }

  @Test
  void withoutValidationItsKeysStayAndAreNull() {
    report.epoch(Examples.epoch(null, null));
    report.summary(Examples.summary(null, 0.5));

    JsonNode row = written.json(RunDirectory.metrics(2));
    assertThat(row.get("validation_accuracy").isNull()).isTrue();
    assertThat(row.at("/layers/0/validation_firing_rate").isNull()).isTrue();
    assertThat(row.at("/layers/0/validation_firing_rate_by_timestep").isNull()).isTrue();
    assertThat(written.json(RunDirectory.SUMMARY).get("validation_accuracy").isNull()).isTrue();
  }

  @Test
  void theConfusionHasARowForEachLabel() {
    report.summary(Examples.summary(0.5, 0.5));

    assertThat(written.text(RunDirectory.SUMMARY)).contains("\"test_confusion\":[[1,0],[1,0]]");
  }

  @Test
  void mirrorImagesAreToldOfARunThatWasTestedWithThem() {
    report.summary(Examples.summary(0.5, 0.5));
    assertThat(written.json(RunDirectory.SUMMARY).has("test_mirror")).isFalse();

    report.summary(Examples.summary(0.5, 0.5, true));
    assertThat(written.json(RunDirectory.SUMMARY).get("test_mirror").booleanValue()).isTrue();
  }

  @Test
  void refusesNumbersThatAreNotFiniteAndWritesNothing() {
    assertThatThrownBy(() -> report.summary(Examples.summary(Double.NaN, 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("validation_accuracy: expected a finite number, found NaN");
    assertThatThrownBy(() -> report.summary(Examples.summary(0.5, Double.POSITIVE_INFINITY)))
        .hasMessage("test_accuracy: expected a finite number, found Infinity");
    assertThat(written.files).isEmpty();
  }

  @Test
  void namesOfManyEpochsStillSort() {
    assertThat(RunDirectory.metrics(0)).isEqualTo("metrics/epoch-000000.json");
    assertThat(RunDirectory.metrics(299)).isEqualTo("metrics/epoch-000299.json");
  }
}
