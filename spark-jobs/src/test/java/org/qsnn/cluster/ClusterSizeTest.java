package org.qsnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

class ClusterSizeTest {
  @ParameterizedTest
  @ValueSource(strings = {"1g", "1024m", "900g"})
  void memoryHoldsAnExecutor(String memory) {
    assertThat(new ClusterSize(1, 1, memory, 0).memory()).isEqualTo(memory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1023m", "0g", "-1g", "2 g", "2gb", "9999999999g", "1t"})
  void otherMemoryIsRefused(String memory) {
    assertThatThrownBy(() -> new ClusterSize(1, 1, memory, 0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--memory: must be at least 1g, such as 2g or 1500m; found " + memory);
  }

  @Test
  void countsAreBounded() {
    assertThatThrownBy(() -> new ClusterSize(0, 1, "1g", 0)).hasMessageContaining("--workers");
    assertThatThrownBy(() -> new ClusterSize(1, 0, "1g", 0))
        .hasMessage("--cores-per-worker: must be from 1 to 1024; found 0");
    assertThatThrownBy(() -> new ClusterSize(1, 1, "1g", -1)).hasMessageContaining("--datanodes");
  }
}
