package org.qsnn.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherJavaTest {
  @TempDir private Path root;
  private Checkout checkout;

  @BeforeEach
  void build() throws Exception {
    checkout = Checkout.built(root, "qsnn");
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_402, 1.8", "11.0.22, 11", "24.0.2, 24"})
  void anotherJavaIsNamed(String version, String specification) throws Exception {
    checkout.java(version, specification, "UTF-8");

    checkout
        .run("train")
        .assertRefused(
            "Java 17 or 21 is needed; found " + version + " at " + root.resolve("jdk/bin/java"),
            "set JAVA_HOME");
  }

  @Test
  void java25IsForSparkFrom42On() throws Exception {
    checkout.java("25.0.3", "25", "UTF-8");
    Path jars = root.resolve("spark/jars");

    checkout
        .run("train")
        .assertRefused("Spark 4.0.4 needs Java 17 or 21; found 25 in ", "Spark takes 25 from 4.2");
    Files.move(
        jars.resolve("spark-core_2.13-4.0.4.jar"), jars.resolve("spark-core_2.13-4.2.0.jar"));
    assertThat(checkout.run("train").exitCode()).isZero();
    Files.delete(checkout.jar());
    checkout.run("train").assertRefused("building needs a JDK 17 or 21; found 25 in ");
  }

  @Test
  void aJavaHomeWithoutJavaIsNamed() throws Exception {
    checkout
        .runIn(Map.of("JAVA_HOME", "/nowhere"), "train")
        .assertRefused("found no java in JAVA_HOME=/nowhere");
  }

  @Test
  void aJavaThatDoesNotStartIsToldWithItsOwnWordsAndTheOptionsOfTheEnvironment() throws Exception {
    checkout.script(
        "jdk/bin/java",
        "echo Picked up JAVA_TOOL_OPTIONS: -Xfoo >&2; echo Unrecognized option: -Xfoo >&2; exit 1");

    checkout
        .runIn(Map.of("JAVA_TOOL_OPTIONS", "-Xfoo"), "train")
        .assertRefused("does not start: Unrecognized option: -Xfoo; JAVA_TOOL_OPTIONS=-Xfoo");
  }

  @Test
  void namesOfFilesAreUnicodeWhateverTheLocale() throws Exception {
    checkout.java("17.0.1", "17", "ANSI_X3.4-1968");
    checkout.script("submission", "locale charmap");

    assertThat(checkout.runIn(Map.of("LC_ALL", "C"), "train").out()).isEqualTo("UTF-8\n");
    assertThat(checkout.runIn(Map.of("LC_ALL", "POSIX"), "train").out()).isEqualTo("UTF-8\n");
  }

  @Test
  void aBuildNeedsACompiler() throws Exception {
    Files.delete(root.resolve("jdk/bin/javac"));
    assertThat(checkout.run("train").exitCode()).isZero();
    Files.delete(checkout.jar());

    checkout.run("train").assertRefused("building needs a JDK", root.resolve("jdk").toString());
  }
}
