package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ClusterModeTest {
  @Test
  void driverInAPodIsInClusterMode() {
    SparkConf given = new SparkConf(false).set("spark.submit.deployMode", "client");

    assertThat(ClusterMode.isIn(given)).isFalse();
    assertThat(ClusterMode.isIn(given.set("spark.kubernetes.submitInDriver", "true"))).isTrue();
  }
}
