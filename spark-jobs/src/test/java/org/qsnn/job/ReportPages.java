package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Pages of {@code qsnn report}, made of one small run; each is made once.
 *
 * @param run finished
 */
record ReportPages(TinyTraining tiny, Path run) {
  /** Quotes, tags, letters of many widths, Hebrew and Arabic, an emoji, a mark that turns text. */
  private static final String HOSTILE =
      "</title><script>alert('1')<!-- & \"x\" ü שלום مرحبا \uD83E\uDDE0 \u202Edlo"
              .replace('/', '\u2215')
          + "m".repeat(90);

  private static final int LONG = 300;

  /** Trains it. */
  static ReportPages in(Path root) throws IOException {
    TinyTraining tiny = TinyTraining.in(root);
    CommandRun trained = tiny.train("run");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    return new ReportPages(tiny, tiny.folder("run"));
  }

  Path ofFinishedRun() throws IOException {
    return page("finished", run);
  }

  Path ofUnfinishedRun() throws IOException {
    return page("unfinished", unfinished());
  }

  Path ofHostileNames() throws IOException {
    return page("hostile", hostile());
  }

  Path ofLongRun() throws IOException {
    return page("long", longer());
  }

  Path ofSeveralRuns() throws IOException {
    return page("several", run, unfinished(), hostile(), longer());
  }

  /** Of two points, twice each. */
  Path ofSweep() throws IOException {
    Path sweep = tiny.folder("sweep");
    if (!Files.exists(sweep)) {
      Path configuration = tiny.root().resolve("sweep.conf");
      Files.writeString(
          configuration,
          "sweep { base = "
              + tiny.configuration().getFileName()
              + ", space { network.membrane-bits = [2, 4] }, repeat = 2, search = grid }");
      CommandRun swept =
          CommandRun.of("sweep", configuration.toString(), "--set", "sweep.dir=" + sweep);
      assertThat(swept.exitCode()).as(swept.err()).isZero();
    }
    return page("sweep", sweep);
  }

  /** Killed in its second epoch, whose file is damaged. */
  private Path unfinished() throws IOException {
    Path unfinished = tiny.folder("unfinished");
    if (!Files.exists(unfinished)) {
      Files.createDirectories(unfinished.resolve("metrics"));
      Files.copy(run.resolve("run.conf"), unfinished.resolve("run.conf"));
      Files.copy(epoch(run, 0), epoch(unfinished, 0));
      Files.writeString(epoch(unfinished, 1), "{");
    }
    return unfinished;
  }

  /** Its folder, its layers and its weights. */
  private Path hostile() throws IOException {
    Path hostile = tiny.folder(HOSTILE);
    if (!Files.exists(hostile)) {
      copy(hostile);
      for (int epoch = 0; epoch < 2; epoch++) {
        ObjectNode metrics = (ObjectNode) TinyTraining.json(epoch(hostile, epoch));
        metrics.path("layers").forEach(layer -> ((ObjectNode) layer).put("name", HOSTILE));
        metrics.path("weights").forEach(tensor -> ((ObjectNode) tensor).put("name", HOSTILE));
        Files.writeString(epoch(hostile, epoch), metrics.toString());
      }
    }
    return hostile;
  }

  /** As many epochs as the paper's. */
  private Path longer() throws IOException {
    Path longer = tiny.folder("long");
    if (!Files.exists(longer)) {
      copy(longer);
      Path configuration = longer.resolve("run.conf");
      String text = Files.readString(configuration);
      assertThat(text).contains("epochs=2");
      Files.writeString(configuration, text.replace("epochs=2", "epochs=" + LONG));
      ObjectNode metrics = (ObjectNode) TinyTraining.json(epoch(run, 0));
      for (int epoch = 0; epoch < LONG; epoch++) {
        double progress = Math.sqrt((epoch + 1.0) / LONG);
        metrics.put("epoch", epoch);
        metrics.put("train_accuracy", 0.1 + 0.8 * progress);
        metrics.put("validation_accuracy", 0.1 + 0.75 * progress);
        metrics.put("loss", 2.3 - 2 * progress);
        metrics.put("cross_entropy", 2.2 - 2 * progress);
        metrics.put("learning_rate", 0.1 * (1 - progress * progress));
        Files.writeString(epoch(longer, epoch), metrics.toString());
      }
    }
    return longer;
  }

  private void copy(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(run.relativize(file).toString()));
      }
    }
  }

  private static Path epoch(Path run, int epoch) {
    return run.resolve(String.format(Locale.ROOT, "metrics/epoch-%06d.json", epoch));
  }

  private Path page(String name, Path... of) throws IOException {
    Path page = tiny.root().resolve(name + ".html");
    if (!Files.exists(page)) {
      List<String> command = new ArrayList<>(List.of("report"));
      Stream.of(of).map(Path::toString).forEach(command::add);
      command.addAll(List.of("--to", page.toString()));
      CommandRun made = CommandRun.of(command.toArray(String[]::new));
      assertThat(made.exitCode()).as(made.err()).isZero();
    }
    return page;
  }
}
