package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.ConfigurationException;

class SubmissionTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "--executor-memory, 1x, Spark refuses its options: Executor memory must be a positive number",
    "--executor-cores, -1, Spark refuses its options: Executor cores must be a positive number",
    "--driver-cores, abc, Spark refuses its options: Driver cores must be a positive number",
    "--deploy-mode, foo, Spark refuses its options: --deploy-mode must be either",
    "--proxy-user, somebody, Spark refuses its options: Only one of --proxy-user or --principal",
    "--properties-file, /nowhere, Properties file /nowhere does not exist",
  })
  void whatSparkRefusesBeforeTheProgramStartsIsToldInOneLine(
      String option, String value, String complaint) throws IOException {
    StringWriter err = new StringWriter();
    List<String> args = new ArrayList<>(List.of("--principal", "a@B", option, value));
    args.addAll(List.of("--master", "local", folder.resolve("qsnn.jar").toString(), "train"));

    int exitCode = Submission.submit(args, new PrintWriter(err, true));

    List<String> lines = err.toString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("qsnn: ").contains(complaint);
    assertThat(exitCode).isEqualTo(2);
    Path trace = Path.of(lines.get(1).replaceFirst("qsnn: its stack trace is in (\\S+) .*", "$1"));
    assertThat(trace).content().contains("\tat org.apache.spark.deploy.SparkSubmit");
    Files.delete(trace);
  }

  @Test
  void filesThatAreToGoWithTheCommandMustBeThere() throws IOException {
    Path there = Files.createFile(folder.resolve("a b.jar"));
    SparkConf given = new SparkConf(false);
    given.set("spark.jars", there.toUri() + ",hdfs://h/x.jar");
    given.set("spark.archives", there.toUri() + "#name");
    SubmittedFiles.requireThere(given);

    given.set("spark.files", there.toUri() + ", file:///nowhere/b.txt#c");

    assertThatThrownBy(() -> SubmittedFiles.requireThere(given))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--files (spark.files): must be a readable file; found /nowhere/b.txt");
  }
}
