package org.qsnn.job;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;
import org.qsnn.sweep.SweepListener;
import org.qsnn.sweep.SweepProgress;

/**
 * A sweep as somebody watches it: a line for each part of a trial that has ended; on a terminal,
 * below them, where the sweep stands.
 */
final class SweepDisplay implements SweepListener {
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

  private final PrintStream out;
  private final boolean isTerminal;
  private int shownLines;

  private SweepDisplay(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  static SweepListener onStandardError() {
    return Terminal.isStandardError()
        ? new SweepDisplay(Terminal.standardError(), true)
        : new SweepDisplay(System.err, false);
  }

  @Override
  public void changed(SweepProgress progress) {
    clear();
    progress.ended().ifPresent(out::println);
    if (isTerminal) {
      show("best     " + progress.best().orElse("none yet"));
      show(
          "rungs    "
              + progress.rungs().stream().map(String::valueOf).collect(Collectors.joining(" > ")));
      show("running  " + String.join(" ", progress.running()));
      show(
          String.format(
              Locale.ROOT,
              "failed   %d   epochs %d done, about %d left%s",
              progress.failed(),
              progress.epochsDone(),
              progress.epochsLeft(),
              progress.left().map(left -> ", " + left.toMinutes() + " min").orElse("")));
    }
    out.flush();
  }

  private void show(String line) {
    out.println(line.length() > 120 ? line.substring(0, 119) + "…" : line);
    shownLines++;
  }

  private void clear() {
    out.print(UP_AND_CLEAR.repeat(shownLines));
    shownLines = 0;
  }

  @Override
  public void close() {
    clear();
    out.flush();
  }
}
