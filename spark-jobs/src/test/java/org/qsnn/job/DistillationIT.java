package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;

/** A float network, and a binary one that it teaches. */
@ExtendWith(SparkSessionExtension.class)
class DistillationIT {
  @TempDir private Path root;

  @Test
  void aRunTeachesAnother(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    TinyTraining training = TinyTraining.in(root);
    CommandRun twin =
        training.train(
            "twin", "--set", "network.weight-bits=32", "--set", "network.membrane-bits=32");
    assertThat(twin.exitCode()).as(twin.err()).isZero();
    String[] teacher = {"--set", "train.distillation.teacher=" + root.resolve("twin")};

    CommandRun taught = training.train("taught", teacher);

    assertThat(taught.exitCode()).as(taught.err()).isZero();
    String sha256 =
        TinyTraining.json(root.resolve("taught/fingerprint.json")).get("teacher_sha256").asText();
    assertThat(sha256).matches("[0-9a-f]{64}");
    assertThat(root.resolve("taught/model/README.md")).content().contains(sha256);
    CommandRun alone = training.train("alone");
    assertThat(alone.exitCode()).as(alone.err()).isZero();
    assertThat(training.bits("taught").get("parameters_sha256"))
        .isNotEqualTo(training.bits("alone").get("parameters_sha256"));
    training
        .train(
            "small",
            "--set",
            "train.distillation.teacher=" + root.resolve("twin"),
            "--set",
            "dataset.images.normalization=computed")
        .assertFailed(2, "train.distillation.teacher: must have the same input");
  }
}
