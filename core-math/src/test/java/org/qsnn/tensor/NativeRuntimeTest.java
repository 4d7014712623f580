package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;

class NativeRuntimeTest {
  @Test
  void choosesTheWidestVectorsThatTheCpuHas() {
    assertThat(NativeRuntime.extension(List.of("sse2", "avx2", "fma", "avx512f", "avx512bw")))
        .as("a CPU with half of AVX-512")
        .isEqualTo("-onednn-avx2");
    assertThat(NativeRuntime.extension(List.of("avx2", "fma", "avx512f", "avx512bw", "avx512vl")))
        .isEqualTo("-onednn-avx512");
    assertThat(NativeRuntime.extension(List.of("avx2", "fma"))).isEqualTo("-onednn-avx2");
  }

  @Test
  void namesWhatACpuWithoutVectorsLacks() {
    for (List<String> flags :
        List.of(List.<String>of(), List.of("sse4_2", "avx"), List.of("avx2"))) {
      assertThatThrownBy(() -> NativeRuntime.extension(flags))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("neither AVX2 nor AVX-512")
          .hasMessageContaining("-Dorg.bytedeco.javacpp.platform.extension=");
    }
  }

  @Test
  void everyThreadComputesAlone() {
    assertThat(NativeRuntime.threads()).isEqualTo(1);
    assertThat(CompletableFuture.supplyAsync(NativeRuntime::threads).join()).isEqualTo(1);
  }

  @Test
  void loadsTheBuildThatItNames() {
    String classifier = NativeRuntime.start();
    assertThat(classifier).startsWith("linux-x86_64");
    assertThat(System.getProperty("org.bytedeco.javacpp.platform.extension"))
        .isEqualTo(classifier.substring("linux-x86_64".length()));
    assertThat(NativeRuntime.start()).isEqualTo(classifier);
  }

  @Test
  void tellsTheCpusFeatures() {
    assertThat(NativeRuntime.cpuFlags()).isNotEmpty().doesNotContain("");
  }
}
