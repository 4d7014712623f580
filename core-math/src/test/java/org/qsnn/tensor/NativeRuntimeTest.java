package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;
import org.qsnn.JavaProcess;

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

  /** Whichever thread asks first: a warm-up in the background must not take the reason away. */
  @Test
  void everyThreadIsToldWhyTheLibraryCannotBeLoaded(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output.txt");
    List<String> noBuild = List.of("-Dorg.bytedeco.javacpp.platform.extension=-of-no-processor");

    JavaProcess.run(output, noBuild, TwoThreads.class);

    List<String> told =
        Files.readAllLines(output).stream().filter(line -> line.startsWith("told: ")).toList();
    assertThat(told).hasSize(2).allMatch(line -> line.contains("ExceptionInInitializerError"));
    assertThat(told.get(1)).isEqualTo(told.get(0)).doesNotContain("NoClassDefFoundError");
  }

  /** Starts the runtime in one thread and then in another, and prints what each is told. */
  static final class TwoThreads {
    private TwoThreads() {}

    public static void main(String[] args) throws InterruptedException {
      for (int i = 0; i < 2; i++) {
        Thread thread = new Thread(TwoThreads::start);
        thread.start();
        thread.join();
      }
    }

    private static void start() {
      try {
        NativeRuntime.start();
      } catch (Throwable e) { // what a library that cannot be linked throws
        System.out.println("told: " + e + ", because of " + e.getCause());
      }
    }
  }

  @Test
  void tellsTheCpusFeatures() {
    assertThat(NativeRuntime.cpuFlags()).isNotEmpty().doesNotContain("");
  }
}
