package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

class ObjectStoresTest {
  private static final FileStore FILES = FileStore.of(new Configuration(false));

  @ParameterizedTest
  @ValueSource(
      strings = {"s3a://bucket/runs/a", "S3A://bucket/a", "gs://b/a", "abfss://c@account/a"})
  void whereARenameIsNoSingleStepNothingIsWritten(String path) {
    assertThatThrownBy(() -> FILES.paths().requireWritable(path))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            path.substring(path.indexOf(':')),
            "must be on a file system that renames in one step",
            "found an object store",
            "hadoop distcp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hdfs://host:8020/a", "file:///a", "viewfs://c/a", "ofs://o/v/b/a", "runs/a"})
  void otherFileSystemsAreWrittenTo(String path) {
    assertThatCode(() -> FILES.paths().requireWritable(path)).doesNotThrowAnyException();
  }

  @Test
  void pathWithoutSchemeIsOneOfTheUsualFileSystem() {
    Configuration settings = new Configuration(false);
    settings.set("fs.defaultFS", "s3a://bucket");
    FilePaths paths = FileStore.of(settings).paths();

    assertThatThrownBy(() -> paths.requireWritable("runs/a"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("s3a://bucket/runs/a: must be on a file system that renames");
    assertThatCode(() -> paths.requireWritable("file:/runs/a")).doesNotThrowAnyException();
  }

  @Test
  void noWriterGetsATemporaryNameThere() {
    assertThatThrownBy(() -> new Temporaries().beside(new Path("s3a://bucket/runs/a/summary.json")))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void newFolderIsRefusedBeforeItsFileSystemIsLookedFor() {
    assertThatThrownBy(() -> NewFolder.at(FILES, "s3a://bucket/prepared"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("found an object store");
  }
}
