package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

class MasterAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"spark://127.0.0.1:1", "k8s://https://127.0.0.1:1", "k8s://127.0.0.1:1"})
  void addressWhereNothingAnswersIsRefusedAtOnce(String master) {
    assertThatThrownBy(() -> MasterAddress.requireReachable(master))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--master: must be the address of ")
        .hasMessageContaining("nothing answers at 127.0.0.1:1 (");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://127.0.0.1:%d",
        "spark://127.0.0.1:1,127.0.0.1:%d",
        "k8s://http://127.0.0.1:%d/"
      })
  void oneThatAnswersIsEnough(String master) throws IOException {
    try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = master.replace("%d", Integer.toString(there.getLocalPort()));

      assertThatCode(() -> MasterAddress.requireReachable(address)).doesNotThrowAnyException();
    }
  }

  @Test
  void localMastersHaveNoAddress() {
    assertThatCode(() -> MasterAddress.requireReachable("local[2]")).doesNotThrowAnyException();
  }
}
