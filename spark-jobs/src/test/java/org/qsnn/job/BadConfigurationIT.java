package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.SparkSessionExtension;

/** A wrong configuration is one line on the console and exit code 2, and nothing is written. */
@ExtendWith(SparkSessionExtension.class)
class BadConfigurationIT {
  @TempDir private static Path root;
  private static TinyTraining tiny;

  @BeforeAll
  static void prepareTheDataset(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    assertThat(tiny.train("good", "--set", "train.epochs=1").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train.epoch=3                 | train.epoch: unknown key           | did you mean train.epochs?
          seed=3                        | seed: unknown key                  | did you mean run.seed?
          train.learning-rate=0         | train.learning-rate: must be       | above 0 and at most 100; found 0
          train.epochs=many             | train.epochs: must be              | a whole number
          network.membrane-bits=3       | network.membrane-bits: must be     | one of 2, 4, 8, 32
          network.architecture=resnet_19| architecture: must be              | did you mean resnet19?
          network.width-factor=1/1000   | width-factor                       | 1/1000
          network.width-factor=16       | the network is too large           | network.width-factor
          train.batch-size=9            | train.batch-size: must be          | multiple of train.shards
          train.batch-size=64           | train.batch-size: must be          | training samples, 32; found 64
          dataset.limit-train=41        | dataset.limit-train                | at most the data set's 40
          dataset.validation-fraction=0 | validation-fraction: must be       | above 0
          dataset.kind=cifar11          | dataset.kind: must be              | did you mean cifar10?
          dataset.kind=cifar10          | dataset.path: must be              | qsnn fetch cifar10
          dataset.path=/tmp             | dataset.path                       | dataset.kind is synthetic
          nonsense                      | --set: must be                     | key=value
          """)
  void namesTheKeyAndWhatIsAllowed(String override, String first, String second)
      throws IOException {
    List<String> before = tiny.files("");

    tiny.train("bad", "--set", override).assertFailed(2, first, second);

    assertThat(tiny.files("")).isEqualTo(before);
    assertThat(tiny.folder("bad")).doesNotExist();
  }

  @Test
  void missingFileIsNamed() {
    String file = root.resolve("absent.conf").toString();

    CommandRun.of("train", file)
        .assertFailed(2, "configuration file file:" + file, "does not exist");
    CommandRun.of("prepare", file, "--to", root + "/set").assertFailed(2, file);
  }

  @Test
  void folderInPlaceOfAFileIsNamed() {
    CommandRun.of("train", root.toString())
        .assertFailed(2, "configuration file file:" + root, "it is a folder");
  }

  @Test
  void syntaxErrorIsNamedWithItsLine() throws IOException {
    Path file = Files.writeString(root.resolve("broken.conf"), "train {\n  epochs = 3\n");

    CommandRun.of("train", file.toString()).assertFailed(2, file.toString(), "syntax error");
  }

  @Test
  void folderThatHoldsSomethingElseIsLeftAlone() throws IOException {
    Path other = Files.createDirectories(tiny.folder("other"));
    Files.writeString(other.resolve("thesis.tex"), "years of work");

    tiny.train("other").assertFailed(2, "run.dir: file:" + other, "holds no run, but thesis.tex;");

    assertThat(tiny.files("other")).containsExactly("thesis.tex");
  }

  @Test
  void folderThatHoldsHiddenFilesIsLeftAlone() throws IOException {
    Path home = Files.createDirectories(tiny.folder("home"));
    Files.writeString(home.resolve(".profile"), "mine");

    tiny.train("home").assertFailed(2, "run.dir: file:" + home, "holds no run, but .profile;");

    assertThat(tiny.files("home")).containsExactly(".profile");
  }

  @Test
  void folderOfAFailedStartMayBeUsedAgain() throws IOException {
    tiny.train("again", "--set", "train.batch-size=64").assertFailed(2, "train.batch-size");
    assertThat(tiny.train("again", "--set", "train.epochs=1").exitCode()).isZero();
  }
}
