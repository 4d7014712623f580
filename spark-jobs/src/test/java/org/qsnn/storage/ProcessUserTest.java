package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessUserTest {
  @TempDir private Path folder;

  @Test
  void idWithoutANameIsTheNameAndItsHomeIsBesideTheTemporaries() {
    assertThat(unnamed(Map.of())).isEqualTo(new ProcessUser("12345", Path.of("/tmp/home-12345")));
    assertThat(unnamed(Map.of("HOME", folder.resolve("missing").toString())).home())
        .isEqualTo(Path.of("/tmp/home-12345"));
    assertThat(unnamed(Map.of("HOME", "?")).home()).isEqualTo(Path.of("/tmp/home-12345"));
  }

  @Test
  void environmentMayNameUserAndHome() {
    assertThat(unnamed(Map.of("SPARK_USER", "b", "HOME", folder.toString())))
        .isEqualTo(new ProcessUser("b", folder));
    assertThat(unnamed(Map.of("SPARK_USER", "b", "HADOOP_USER_NAME", "a")).name()).isEqualTo("a");
  }

  private static ProcessUser unnamed(Map<String, String> environment) {
    return ProcessUser.unnamed("12345", environment::get, "/tmp");
  }
}
