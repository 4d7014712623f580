package org.qsnn.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @Test
  void statesTheVersionsOfWhatIsOnTheClassPath() {
    JsonNode fingerprint = Examples.fingerprint().json();

    assertThat(fingerprint.get("spark_version").textValue()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(fingerprint.get("scala_version").textValue()).startsWith("2.13.");
    assertThat(fingerprint.get("hadoop_version").textValue()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(fingerprint.get("qsnn_version").textValue()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(fingerprint.get("java_version").textValue())
        .isEqualTo(Runtime.version().toString().split("\\+")[0]);
    assertThat(fingerprint.get("vectors").textValue()).matches("vectors of .*|plain loops.*");
    assertThat(fingerprint.get("cpu_cores").intValue()).isPositive();
    assertThat(fingerprint.get("code_sha256").textValue()).matches("[0-9a-f]{64}");
  }

  @Test
  void repeatsWhatOnlyTheRunKnows() {
    JsonNode fingerprint = Examples.fingerprint().json();

    assertThat(fingerprint.get("config_sha256").textValue()).isEqualTo("ab12");
    assertThat(fingerprint.get("data_sha256").textValue()).isEqualTo("cd34");
    assertThat(fingerprint.get("seed").longValue()).isEqualTo(1);
  }

  @Test
  void isTheSameTwice() {
    assertThat(Examples.fingerprint().json()).isEqualTo(Examples.fingerprint().json());
  }

  @Test
  void readsTheCpuOfAnIntelMachine() {
    Processor processor =
        Processor.of(
            List.of(
                "processor\t: 0",
                "model name\t: Intel(R) Xeon(R) Processor @ 2.80GHz",
                "flags\t\t: fpu sse2 fma avx avx2 avx512f hypervisor avx512_vnni",
                "vmx flags\t: vnmi",
                "processor\t: 1",
                "model name\t: Intel(R) Xeon(R) Processor @ 2.80GHz"));

    assertThat(processor.model()).isEqualTo("Intel(R) Xeon(R) Processor @ 2.80GHz");
    assertThat(processor.features())
        .containsExactly("avx", "avx2", "avx512_vnni", "avx512f", "fma");
  }

  @Test
  void anArmMachineNamesOnlyFeatures() {
    Processor processor = Processor.of(List.of("Features\t: fp asimd crc32 sve bf16"));

    assertThat(processor.model()).isEqualTo(System.getProperty("os.arch"));
    assertThat(processor.features()).containsExactly("asimd", "bf16", "sve");
  }

  @Test
  void withoutCpuinfoThereAreNoFeatures() {
    assertThat(Processor.of(List.of()).features()).isEmpty();
  }

  @Test
  void classesHashTheSameInAFolderAndInAJar(@TempDir Path directory) throws IOException {
    Path folder = directory.resolve("classes");
    Files.createDirectories(folder.resolve("org/qsnn/a"));
    Files.write(folder.resolve("org/qsnn/a/B.class"), new byte[] {1, 2});
    Files.write(folder.resolve("Other.class"), new byte[] {3});
    Path jar = directory.resolve("qsnn.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("org/qsnn/a/B.class"));
      zip.write(new byte[] {1, 2});
    }

    String fromFolder = CodeVersion.sha256(CodeVersion.classes(folder));

    assertThat(CodeVersion.sha256(CodeVersion.classes(jar))).isEqualTo(fromFolder);
    assertThat(CodeVersion.sha256(Map.of("org/qsnn/a/B.class", new byte[] {1, 3})))
        .isNotEqualTo(fromFolder);
  }
}
