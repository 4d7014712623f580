package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.qsnn.notebook.Note;
import org.qsnn.notebook.NoteRun;

/** Every paragraph of every note on runs of seconds. */
@ExtendWith(SparkSessionExtension.class)
class NotebooksIT {
  @TempDir private static Path root;
  private static TinyTraining images;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    images = TinyTraining.in(root);
    assertThat(images.train("runs/images").exitCode()).isZero();
  }

  @Test
  void oneRun(SparkSession spark) throws IOException {
    NoteRun note =
        NoteRun.of(Note.named("2-"), spark, Map.of("run", images.folder("runs/images").toString()));

    assertThat(note.table("How it ended")).hasSize(1);
    assertThat(note.table("How it ended").get(0))
        .containsEntry("network", "resnet19")
        .containsEntry("dataset", "synthetic")
        .containsEntry("epochs", "2")
        .containsEntry(
            "test_accuracy", images.summary("runs/images").path("test_accuracy").asText());
    assertThat(note.picture("Accuracy").getElementsByTagName("svg").getLength()).isEqualTo(1);
    assertThat(note.output("Accuracy")).contains("training, augmented", "validation");
  }
}
