package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YarnDiagnosisTest {
  @Test
  void exitCodeAndMessageOfADriverComeBack() {
    RuntimeException thrown = YarnDiagnosis.ofDriver(3, "hdfs:/x: not there");

    assertThat(YarnDiagnosis.in("User class threw exception: " + thrown).orElseThrow())
        .hasFieldOrPropertyWithValue("exitCode", 3)
        .hasFieldOrPropertyWithValue("message", "hdfs:/x: not there");
    assertThat(YarnDiagnosis.in("Container killed")).isEmpty();
  }

  @Test
  void killedApplicationIsNoBug() {
    Exception thrown = new Exception("Application application_1_0001 is killed");

    assertThat(YarnDiagnosis.of(thrown).orElseThrow())
        .hasFieldOrPropertyWithValue("exitCode", 2)
        .extracting("message")
        .asString()
        .startsWith("application_1_0001 was killed; yarn logs -applicationId application_1_0001");
  }
}
