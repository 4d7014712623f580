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
  @ParameterizedTest
  @ValueSource(
      strings = {"s3a://bucket/runs/a", "S3A://bucket/a", "gs://b/a", "abfss://c@account/a"})
  void whereARenameIsNoSingleStepNothingIsWritten(String path) {
    assertThatThrownBy(() -> FilePaths.requireWritable(path))
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
    assertThatCode(() -> FilePaths.requireWritable(path)).doesNotThrowAnyException();
  }

  @Test
  void noWriterGetsATemporaryNameThere() {
    assertThatThrownBy(() -> new Temporaries().beside(new Path("s3a://bucket/runs/a/summary.json")))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void newFolderIsRefusedBeforeItsFileSystemIsLookedFor() {
    FileStore files = FileStore.of(new Configuration(false));

    assertThatThrownBy(() -> NewFolder.at(files, "s3a://bucket/prepared"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("found an object store");
  }
}
