package org.qsnn.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;

class ResourceManagerTest {
  @Test
  void eachThatStandsInForAnotherHasAnAddress() {
    YarnConfiguration one = new YarnConfiguration();
    one.set(YarnConfiguration.RM_ADDRESS, "rm:8032");
    YarnConfiguration two = new YarnConfiguration();
    two.setBoolean(YarnConfiguration.RM_HA_ENABLED, true);
    two.set(YarnConfiguration.RM_HA_IDS, "a,b");
    two.set(YarnConfiguration.RM_ADDRESS + ".a", "first:8032");
    two.set(YarnConfiguration.RM_ADDRESS + ".b", "second:8032");

    assertThat(ResourceManager.addresses(one)).containsExactly("rm:8032");
    assertThat(ResourceManager.addresses(two)).containsExactly("first:8032", "second:8032");
  }
}
