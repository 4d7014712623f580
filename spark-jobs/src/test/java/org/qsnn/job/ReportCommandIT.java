package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.SparkSessionExtension;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The page that {@code qsnn report} makes of a run. */
@ExtendWith(SparkSessionExtension.class)
class ReportCommandIT {
  /** As a run's folder may be named. */
  private static final String HOSTILE = "<script>alert('1')</script> & \"x\" ü";

  @TempDir private static Path root;
  private static TinyTraining tiny;
  private static Path run;

  @BeforeAll
  static void train(SparkSession spark) throws IOException {
    assertThat(spark.sparkContext().isStopped()).isFalse();
    tiny = TinyTraining.in(root);
    String name = HOSTILE.replace("/", "-");
    CommandRun trained = tiny.train(name);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    run = tiny.folder(name);
  }

  @Test
  void pageHasEveryPartAndIsTheSameBytesWhenItIsMadeAgain() throws IOException {
    CommandRun made = CommandRun.of("report", run.toString());
    assertThat(made.exitCode()).as(made.err()).isZero();
    byte[] first = Files.readAllBytes(run.resolve("report.html"));

    assertThat(CommandRun.of("report", run.toString()).exitCode()).isZero();
    assertThat(Files.readAllBytes(run.resolve("report.html"))).isEqualTo(first);
    assertThat(new String(first, StandardCharsets.UTF_8))
        .contains("resnet19 on synthetic, 2 of 2 epochs; finished")
        .contains("test accuracy", "Firing rate by layer", "checkerboard", "parameters_sha256")
        .contains("Test samples that were taken for something else", " taken for ");
    assertThat(first.length).isLessThan(200_000);
  }

  @Test
  void trainingLeavesItsPage() throws IOException {
    CommandRun trained = tiny.train("own-page");

    assertThat(trained.out()).contains("page           file:" + tiny.folder("own-page"));
    assertThat(tiny.folder("own-page").resolve("report.html"))
        .content()
        .contains("2 of 2 epochs; finished", "Latent weights", "What differs from the defaults");
  }

  @Test
  void severalRunsAreShownSideBySideAndWhatIsNoneIsNamed() throws IOException {
    assertThat(tiny.train("faster", "--set", "train.learning-rate=0.2").exitCode()).isZero();
    Path empty = Files.createDirectory(root.resolve("no-run"));
    Path page = root.resolve("several.html");

    CommandRun made =
        CommandRun.of(
            "report",
            run.toString(),
            tiny.folder("faster").toString(),
            empty.toString(),
            "--to",
            page.toString());

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(page)
        .content()
        .contains("2 runs", "In what they differ", "train.learning-rate", "Left out: ", "no-run")
        .doesNotContain("<script>alert");
    CommandRun nameless = CommandRun.of("report", run.toString(), page.toString());
    assertThat(nameless.exitCode()).isEqualTo(2);
    assertThat(nameless.err())
        .contains("--to: must name the page's file where there are several runs");
  }

  @Test
  void folderStandsForTheRunsRightInIt() throws IOException {
    Path folder = Files.createDirectory(root.resolve("all"));
    for (String name : List.of("a", "b")) {
      Files.createDirectory(folder.resolve(name));
      Files.copy(run.resolve("run.conf"), folder.resolve(name + "/run.conf"));
    }
    Files.createDirectory(folder.resolve("notes"));

    CommandRun made = CommandRun.of("report", folder.toString());

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(folder.resolve("report.html")).content().contains("2 runs", "not finished");
  }

  @Test
  void sweepLeavesItsPage() throws IOException {
    Path sweep = root.resolve("sweep.conf");
    Files.writeString(
        sweep,
        "sweep { base = "
            + tiny.configuration().getFileName()
            + ", space { network.membrane-bits = [2, 4] }, repeat = 2, search = grid }");

    CommandRun run =
        CommandRun.of("sweep", sweep.toString(), "--set", "sweep.dir=" + root.resolve("sweep"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("page           file:" + root.resolve("sweep/report.html"));
    assertThat(root.resolve("sweep/report.html"))
        .content()
        .contains("sweep of 4 trials; 4 finished", "Front", "Repeats side by side")
        .contains("seed by seed", "network.membrane-bits", "Every trial");

    Path rows = root.resolve("sweep/trials.json");
    Files.writeString(rows, Files.readString(rows) + "{\"trial\": 4");
    CommandRun again = CommandRun.of("report", root.resolve("sweep").toString());
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(root.resolve("sweep/report.html"))
        .content()
        .contains("Left out: ", "trials.json: line 5: expected JSON", "sweep of 4 trials")
        .doesNotContain("Source:");
    CommandRun status = CommandRun.of("sweep", "status", root.resolve("sweep").toString());
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.err()).contains("left out: ", "trials.json: line 5");
  }

  @Test
  void nameOfARunIsTextAndNothingElse() throws Exception {
    String page = page();

    assertThat(page).contains("&lt;script&gt;alert").doesNotContain("<script>alert");
    Document document = parsed(page);
    assertThat(document.getElementsByTagName("script").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo(run.getFileName().toString());
  }

  @Test
  void policyLetsNothingRunOrLoadButWhatIsInside() throws Exception {
    String page = page();

    assertThat(page)
        .contains("default-src &#x27;none&#x27;")
        .doesNotContain("http://", "https://")
        .doesNotContainPattern("src=(?!\"data:image/png;base64,)");
    assertAllowed(page, "style");
    assertAllowed(page, "script");
  }

  /** The browser hashes what is between the tags. */
  private static void assertAllowed(String page, String tag) throws Exception {
    Matcher inside =
        Pattern.compile("<" + tag + ">(.*?)</" + tag + ">", Pattern.DOTALL).matcher(page);
    assertThat(inside.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(inside.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .containsPattern(
            tag
                + "-src ('|&#x27;)sha256-"
                + Pattern.quote(Base64.getEncoder().encodeToString(digest)));
  }

  @Test
  void samplesTakenForOthersAreThoseThatTheConfusionCounts() throws IOException {
    JsonNode confusion = TinyTraining.json(run.resolve("summary.json")).get("test_confusion");
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (String line : Files.readAllLines(run.resolve("mistakes.json"))) {
      JsonNode mistake = TinyTraining.json(line);
      int label = mistake.get("label").intValue();
      int prediction = mistake.get("prediction").intValue();
      counts.merge(List.of(label, prediction), 1, Integer::sum);
      assertThat(mistake.get("pixels").binaryValue()).hasSize(3 * 32 * 32);
    }

    // 12 test samples: all that were taken for another class are there
    for (int label = 0; label < confusion.size(); label++) {
      for (int other = 0; other < confusion.size(); other++) {
        assertThat(counts.getOrDefault(List.of(label, other), 0))
            .isEqualTo(label == other ? 0 : confusion.get(label).get(other).intValue());
      }
    }
    assertThat(counts).isNotEmpty();
  }

  @Test
  void unfinishedRunShowsWhatThereIsAndDamagedFilesAreNamed() throws IOException {
    Path unfinished = root.resolve("unfinished");
    Files.createDirectories(unfinished.resolve("metrics"));
    Files.copy(run.resolve("run.conf"), unfinished.resolve("run.conf"));
    Path first = Path.of("metrics/epoch-000000.json");
    Files.copy(run.resolve(first), unfinished.resolve(first));
    Files.writeString(unfinished.resolve("metrics/epoch-000001.json"), "{");
    Files.writeString(unfinished.resolve("mistakes.json"), "{}");

    Path page = root.resolve("unfinished.html");
    CommandRun made = CommandRun.of("report", unfinished.toString(), "--to", page.toString());

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out()).isEqualToIgnoringNewLines("file:" + page);
    assertThat(page)
        .content()
        .contains("1 of 2 epochs; not finished")
        .contains("Left out: ", "epoch-000001.json", "mistakes.json")
        .doesNotContain("Test samples that were taken");
  }

  @Test
  void whatIsNoRunAndTargetsThatAreNoPageAreRefused() throws IOException {
    Path other = Files.writeString(root.resolve("other.html"), "<!DOCTYPE html>\nmine");

    CommandRun.of("report", run.toString(), "--to", other.toString())
        .assertFailed(3, "must be a new file or a page that qsnn report made; found another file");
    assertThat(other).hasContent("<!DOCTYPE html>\nmine");
    CommandRun.of("report", Files.createDirectory(root.resolve("empty")).toString())
        .assertFailed(3, "must be the folder of a run; found no run.conf");
  }

  private static String page() throws IOException {
    Path page = root.resolve("page.html");
    assertThat(CommandRun.of("report", run.toString(), "--to", page.toString()).exitCode())
        .isZero();
    return Files.readString(page);
  }

  /** As XML, which is stricter than HTML; elements without an end are closed for it. */
  private static Document parsed(String page) throws Exception {
    String xml =
        page.replaceFirst("<!DOCTYPE html>\n", "")
            .replaceAll("<(meta|img) ([^>]*)>", "<$1 $2/>")
            .replaceAll("(?s)<(style|script)>.*?</(style|script)>", "<$1></$2>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
