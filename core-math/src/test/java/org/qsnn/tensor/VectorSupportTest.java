package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorSupportTest {
  @Test
  void theTestsRunWithVectors() {
    assertThat(VectorSupport.isUsed()).isTrue();
    assertThat(VectorSupport.description()).matches("vectors of (256|512) bits");
  }

  @Test
  void saysWhyThereAreNone() {
    assertThat(VectorSupport.obstacle(true, 17, true)).isEmpty();
    assertThat(VectorSupport.obstacle(true, 25, true)).isEmpty();
    assertThat(VectorSupport.obstacle(false, 17, true))
        .hasValueSatisfying(
            text -> assertThat(text).contains("--add-modules=jdk.incubator.vector"));
    assertThat(VectorSupport.obstacle(true, 99, true))
        .hasValueSatisfying(text -> assertThat(text).contains("Java 17 to 21 or 25; found 99"));
    assertThat(VectorSupport.obstacle(true, 17, false))
        .hasValueSatisfying(text -> assertThat(text).contains("optimizing compiler"));
  }
}
