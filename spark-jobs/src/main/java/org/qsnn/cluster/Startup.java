package org.qsnn.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.Deadline;
import org.qsnn.storage.HostProcess;

/** Starts daemons one after the other and writes down each, so that all of them can be stopped. */
final class Startup {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern EXCEPTION = Pattern.compile("(Exception|Error)(:|$)");

  private final Software software;
  private final ClusterFolder folder;
  private ClusterState state;

  /** Writes down first what is to be started. */
  Startup(Software software, ClusterFolder folder, ClusterState nothing) {
    this.software = software;
    this.folder = folder;
    this.state = nothing;
    nothing.write(folder);
  }

  ClusterState state() {
    return state;
  }

  private record Started(DaemonPlan plan, Daemon daemon) {}

  /** Starts all of them, then waits until each does its work. */
  void start(List<DaemonPlan> plans) {
    List<Started> all = new ArrayList<>();
    for (DaemonPlan plan : plans) {
      Daemon daemon = start(plan);
      state = state.with(daemon);
      state.write(folder);
      all.add(new Started(plan, daemon));
    }
    all.forEach(started -> await(started.plan(), started.daemon()));
  }

  private Daemon start(DaemonPlan plan) {
    Path log = folder.log(plan.name());
    HostProcess process = HostProcess.of(launch(plan.command(), log).pid());
    return new Daemon(plan.name(), process, log.toString(), plan.web());
  }

  private static void await(DaemonPlan plan, Daemon daemon) {
    boolean isDecided =
        Deadline.in(PATIENCE).meets(() -> !daemon.isAlive() || plan.isReady().getAsBoolean());
    Path log = Path.of(daemon.log());
    if (!isDecided) {
      throw failure(plan.name(), "is not ready after " + PATIENCE.toSeconds() + " s", log);
    }
    if (!daemon.isAlive()) {
      throw failure(plan.name(), "ended while it started", log);
    }
  }

  /** Runs a program to its end. */
  void run(String name, List<String> command) {
    Path log = folder.log(name);
    Process process = launch(command, log);
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failure(name, "has not ended after " + PATIENCE.toSeconds() + " s", log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + name, e);
    }
    if (process.exitValue() != 0) {
      throw failure(name, "failed with exit code " + process.exitValue(), log);
    }
  }

  /** In a session of its own: neither Ctrl-C nor the end of the terminal reaches it. */
  private Process launch(List<String> command, Path log) {
    List<String> detached = new ArrayList<>(List.of("setsid"));
    detached.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(detached)
            .directory(folder.root().toFile())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(software.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ConfigurationException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  private static DataException failure(String name, String what, Path log) {
    return new DataException(
        String.format(
            Locale.ROOT, "cluster: %s %s; its log %s says: %s", name, what, log, reason(log)));
  }

  /** The last line that names an exception, or the last line. */
  private static String reason(Path log) {
    try {
      List<String> lines =
          Files.readString(log, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
              .toList();
      return lines.stream()
          .filter(line -> EXCEPTION.matcher(line).find())
          .reduce((earlier, later) -> later)
          .orElseGet(() -> lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1));
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }
}
