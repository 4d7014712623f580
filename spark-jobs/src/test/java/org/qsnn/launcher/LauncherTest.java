package org.qsnn.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  @TempDir private Path root;

  @Test
  void withoutOptionsARunTakesTheCoresOfThisMachineAndFourGigabytes() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");

    Checkout.Outcome run = checkout.run("train", "a.conf", "--set", "a=1\nb=2");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(submitted(checkout, "train", "a.conf", "--set", "a=1\nb=2"));
  }

  @Test
  void optionsOfSparkSubmitMayStandAnywhereAndTheLastOfTwoCounts() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");

    Checkout.Outcome run =
        checkout.run("--master", "yarn", "train", "--master=local[1]", "a.conf", "--queue", "q");

    assertThat(run.out().lines())
        .containsExactly(
            "--master",
            "local[1]",
            "--driver-memory",
            "4g",
            "--master",
            "yarn",
            "--master",
            "local[1]",
            "--queue",
            "q",
            checkout.jar().toString(),
            "train",
            "a.conf");
  }

  @Test
  void anExportThatIsMeasuredGoesThroughSparkAndNoOther() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    String[] measured = {"export", "m", "--to", "nir", "--approximate", "--out", "a.nir"};

    assertThat(checkout.run(measured).out()).isEqualTo(submitted(checkout, measured));
    assertThat(checkout.run("export", "m", "--to", "nir", "--out", "a.nir").out())
        .doesNotContain("--master");
  }

  @Test
  void whatStandsBehindTwoHyphensIsTheCommands() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");

    assertThat(checkout.run("train", "--", "--conf").out())
        .isEqualTo(submitted(checkout, "train", "--", "--conf"));
    assertThat(checkout.run("--", "train", "a.conf").out())
        .isEqualTo(submitted(checkout, "train", "a.conf"));
  }

  @Test
  void theMasterIsThatOfTheOptionElseOfTheFileOfDefaultsAndNeverOfTheEnvironment()
      throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    Map<String, String> stray = Map.of("MASTER", "spark://elsewhere:7077");
    assertThat(checkout.runIn(stray, "train").out()).isEqualTo(submitted(checkout, "train"));

    Path conf = Files.createDirectory(root.resolve("spark/conf"));
    Files.writeString(conf.resolve("spark-defaults.conf"), "spark.master   spark://ours:7077 \r\n");

    assertThat(checkout.run("train").out()).startsWith("--master\nspark://ours:7077\n");
    assertThat(checkout.run("train", "--conf", "spark.master=yarn").out())
        .startsWith("--master\nyarn\n");
    assertThat(checkout.run("train", "--conf", "spark.master=yarn", "--master", "local").out())
        .startsWith("--master\nlocal\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--conf, '', '--conf: must have a value; found nothing'",
    "--conf, foo, 'must be spark.NAME=VALUE; found foo'",
    "--conf, =x, 'must be spark.NAME=VALUE; found =x'",
    "--conf, other.name=x, 'must be spark.NAME=VALUE; found other.name=x'",
    "--master, '', '--master: must have a value; found nothing'",
    "--master, --conf, '--master: must have a value; found --conf'",
    "--master, lokal, found lokal",
    "--master, local[0], found local[0]",
    "--driver-memory, 4, 'such as 4g; found 4'",
    "--driver-memory, lots, 'such as 4g; found lots'",
    "--properties-file, /nowhere, a readable file",
    "--executor-memory, 1x, 'such as 4g; found 1x'",
    "--conf, spark.executor.memory=0, 'such as 4g; found 0'",
    "--executor-cores, -1, 'of at least 1; found -1'",
    "--num-executors, abc, 'of at least 1; found abc'",
    "--deploy-mode, cluster, 'found local[*]; leave --deploy-mode out'",
    "--deploy-mode, foo, 'client or cluster; found foo'",
  })
  void whatSparkWouldRefuseIsRefusedInOneLine(String option, String value, String complaint)
      throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");

    checkout.run("train", "a.conf", option, value).assertRefused(complaint);
  }

  @Test
  void whatSparksLauncherRefusesIsToldInOneLine() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    checkout.script(
        "spark-launcher",
        "printf '%s\\n' 'Picked up JAVA_TOOL_OPTIONS: -Da=b' 'Error: no -Xmx here' '' >&2;"
            + " printf '\\0\\n'; printf '%s\\0' java -cp 'jars/*' usage");
    checkout
        .run("train", "--driver-java-options", "-Xmx3g")
        .assertRefused("Spark refuses its options: no -Xmx here");

    checkout.script(
        "spark-launcher", "echo 'Exception in thread \"main\" X: no jars' >&2; echo more; exit 1");
    checkout.run("train").assertRefused("Spark refuses its options", "X: no jars");
  }

  @Test
  void theProgramStartsItselfWithSparksSubmissionInside() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    checkout.script("submission", "printf '%s\\n' \"${@:1:3}\"");

    assertThat(checkout.run("train").out().lines())
        .containsExactly("-cp", "jars/*:" + checkout.jar(), "org.qsnn.job.Submission");
  }

  @Test
  void variablesOfSparksOwnFileCountAsBehindSparkSubmit() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    Path conf = Files.createDirectory(root.resolve("spark/conf"));
    Files.writeString(
        conf.resolve("spark-env.sh"),
        "SPARK_DRIVER_MEMORY=7g\nhome=/nowhere\nA_LIST=$(printf 'a\\nb')\necho noise; false\n");
    checkout.script("submission", "echo \"$A_LIST\"; printf '%s ' \"$@\"");

    Checkout.Outcome run = checkout.run("train");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("a\nb\n").contains("--driver-memory 7g ");
  }

  @Test
  void anOptionAtTheEndOfTheLineNeedsAValueToo() throws Exception {
    Checkout.built(root, "qsnn")
        .run("train", "--conf")
        .assertRefused("--conf: must have a value; found nothing");
  }

  @Test
  void foldersOfTheEnvironmentThatAreNotThereAreNamed() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    Map<String, String> stray =
        Map.of("HADOOP_CONF_DIR", "/nowhere/hadoop", "SPARK_CONF_DIR", "/nowhere/spark");

    Checkout.Outcome run = checkout.runIn(stray, "train");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err().lines())
        .containsExactly(
            "qsnn: HADOOP_CONF_DIR=/nowhere/hadoop is not a folder; it is ignored",
            "qsnn: SPARK_CONF_DIR=/nowhere/spark is not a folder; it is ignored");
  }

  @Test
  void anotherSparkIsNamed() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    Path jars = root.resolve("spark/jars");
    Files.move(
        jars.resolve("spark-core_2.13-4.0.4.jar"), jars.resolve("spark-core_2.12-3.5.1.jar"));

    checkout
        .run("train")
        .assertRefused("expected Spark 4 with Scala 2.13", "spark-core_2.12-3.5.1.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "it's", "\"q\"", "100%20", "a&b;c", "st*r", "[x]", "{a}", "äあ"})
  void aCheckoutMayHaveAnyOtherName(String name) throws Exception {
    Checkout checkout = Checkout.built(root, name);

    Checkout.Outcome run = checkout.runIn(Map.of("LC_ALL", "C.UTF-8"), "train", "a.conf");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(submitted(checkout, "train", "a.conf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12:30", "a,b", "a#b"})
  void aNameThatBreaksSparkIsRefused(String name) throws Exception {
    Checkout.built(root, name)
        .run("train")
        .assertRefused("/" + name + ": Spark allows no colon, comma or number sign in its name");
  }

  @Test
  void startsThroughALinkFromAnotherFolder() throws Exception {
    Checkout checkout = Checkout.built(root, "qsnn");
    Path link =
        Files.createSymbolicLink(root.resolve("path/link"), checkout.folder().resolve("qsnn"));

    Checkout.Outcome run =
        Checkout.outcome(checkout.start(Map.of(), List.of(link.toString(), "train", "a.conf")));

    assertThat(run.out()).isEqualTo(submitted(checkout, "train", "a.conf"));
  }

  private static String submitted(Checkout checkout, String... arguments) throws IOException {
    List<String> expected =
        new ArrayList<>(List.of("--master", "local[*]", "--driver-memory", "4g"));
    expected.add(checkout.jar().toRealPath().toString());
    expected.addAll(List.of(arguments));
    return String.join("\n", expected) + "\n";
  }
}
