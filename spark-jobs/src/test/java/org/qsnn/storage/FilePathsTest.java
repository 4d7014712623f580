package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

class FilePathsTest extends StoredFolder {
  @Test
  void schemeThatHadoopDoesNotKnowIsNamed() {
    assertThatThrownBy(() -> files.exists("nosuch://host/x"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("nosuch://host/x", "scheme");
  }

  @Test
  void unknownHostIsNamed() {
    assertThatThrownBy(() -> files.exists("hdfs://no.host.invalid/x"))
        .isInstanceOf(DataException.class)
        .hasMessage("hdfs://no.host.invalid/x: cannot read it: unknown host no.host.invalid");
  }

  @Test
  void textThatIsNoPathIsNamed() {
    assertThatThrownBy(() -> files.exists(""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'' is not a path");
  }

  @Test
  void absolutePathsHaveTheirScheme() {
    assertThat(files.paths().absolute(path("x"))).isEqualTo("file:" + path("x"));
    assertThat(files.paths().parent(path("x"))).isEqualTo("file:" + folder);
    assertThat(files.paths().name(path("x"))).isEqualTo("x");
  }

  @Test
  void localPathsAreKnownToJava() {
    assertThat(files.paths().local(path("a b"))).contains(folder.resolve("a b"));
    assertThat(files.paths().local("hdfs://127.0.0.1:1/x")).isEmpty();
  }
}
