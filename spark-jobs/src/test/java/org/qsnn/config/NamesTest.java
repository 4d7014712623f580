package org.qsnn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.dataset.Datasets;
import org.qsnn.model.Architectures;
import org.qsnn.optimize.Adam;
import org.qsnn.optimize.Muon;
import org.qsnn.optimize.Optimizer;
import org.qsnn.optimize.Sgd;

/** What a configuration may name is found by its name, and qsnn-defaults.conf names it. */
class NamesTest {
  private static Stream<String> datasets() {
    return Datasets.keys().stream();
  }

  private static Stream<String> architectures() {
    return Architectures.keys().stream();
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void dataSetIsFoundByItsName(String name) throws IOException {
    RunConfig config = load("dataset.kind=" + name, "dataset.path=/data");

    assertThat(config.dataset().kind().key()).isEqualTo(name);
    assertThat(config.dataset().source().dataset()).isSameAs(config.dataset().kind());
    assertThat(config.dataset().inputSize()).isPositive();
    assertThat(defaults()).containsPattern("# .*\\b" + name + "\\b");
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void architectureIsFoundByItsName(String name) throws IOException {
    RunConfig config = load("network.architecture=" + name);

    assertThat(config.network().architecture().key()).isEqualTo(name);
    assertThat(defaults()).containsPattern("# .*\\b" + name + "\\b");
  }

  @Test
  void optimizerIsFoundByItsName() throws IOException {
    assertThat(optimizer("sgd")).isInstanceOf(Sgd.class);
    assertThat(optimizer("adam")).isInstanceOf(Adam.class);
    assertThat(optimizer("muon")).isInstanceOf(Muon.class);
    assertThat(defaults()).contains("# sgd: ", " adam: ", " muon: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "muon"})
  void optimizersKeepTheirVectorsUnderDifferentNames(String name) {
    assertThat(optimizer(name).stateNames()).isNotEmpty().doesNotHaveDuplicates();
  }

  private static Optimizer optimizer(String name) {
    return load("train.optimizer=" + name).train().descent().optimizer();
  }

  private static RunConfig load(String... overrides) {
    return RunConfig.load(ConfigText.none("test"), List.of(overrides), Instant.EPOCH);
  }

  private static String defaults() throws IOException {
    try (InputStream in = RunConfig.class.getResourceAsStream("/qsnn-defaults.conf")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
