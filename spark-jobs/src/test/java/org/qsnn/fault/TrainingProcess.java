package org.qsnn.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A command, {@code qsnn train} if no other is given, in a JVM of its own, on any master, from the
 * tests' class path. Executors have the same class path; all of them take Java's quick compiler
 * alone, which is enough here.
 */
final class TrainingProcess {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String QUICK = "-XX:TieredStopAtLevel=1";
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final ToyRun run;
  private final List<Fault> executorFaults = new ArrayList<>();
  private final List<Fault> driverFaults = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> conf = new TreeMap<>();
  private List<String> command;

  TrainingProcess(ToyRun run, String master) {
    this.run = run;
    this.command = Stream.concat(Stream.of("train"), run.arguments().stream()).toList();
    conf.put("spark.master", master);
    conf.put("spark.driver.host", "127.0.0.1");
    conf.put("spark.driver.bindAddress", "127.0.0.1");
    conf.put("spark.ui.enabled", "false");
    conf.put("spark.extraListeners", EventRecorder.class.getName());
    conf.put(EventRecorder.FILE, run.file("events").toString());
    conf.put("spark.executor.extraClassPath", CLASS_PATH);
    conf.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    conf.put("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
  }

  /** Of {@code spark-submit --conf}. */
  TrainingProcess conf(String key, String value) {
    conf.put(key, value);
    return this;
  }

  /** Another command of {@code qsnn} instead of {@code train}. */
  TrainingProcess as(String... command) {
    this.command = List.of(command);
    return this;
  }

  /** Of {@code qsnn train}. */
  TrainingProcess option(String... option) {
    options.addAll(List.of(option));
    return this;
  }

  TrainingProcess onExecutors(Fault... faults) {
    executorFaults.addAll(List.of(faults));
    return this;
  }

  TrainingProcess onDriver(Fault... faults) {
    driverFaults.addAll(List.of(faults));
    return this;
  }

  /** Runs it to its end, which must be a good one. */
  ToyRun succeed() throws Exception {
    try (Running running = start()) {
      return running.succeed();
    }
  }

  Running start() throws IOException {
    Process process =
        new ProcessBuilder(javaCommand())
            .redirectErrorStream(true)
            .redirectOutput(run.file("output").toFile())
            .start();
    return new Running(run, process);
  }

  /** A training at work; closing ends it. */
  record Running(ToyRun run, Process process) implements AutoCloseable {

    boolean isAlive() {
      return process.isAlive();
    }

    ToyRun succeed() throws Exception {
      await("its end", () -> !process.isAlive());
      if (process.exitValue() != 0) {
        throw new AssertionError("exit code " + process.exitValue() + "\n" + run.output());
      }
      return run;
    }

    /** Waits for a condition of a run that goes on. */
    void await(String what, Callable<Boolean> condition) throws Exception {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!condition.call()) {
        if (!process.isAlive() && !condition.call()) {
          throw new AssertionError("the run ended before " + what + "\n" + run.output());
        }
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError(
              "waited %s for %s in vain; %s has:\n%s"
                  .formatted(PATIENCE, what, run.file("output"), run.output()));
        }
        Thread.sleep(20);
      }
    }

    /** Executors that are children of the driver end with it, frozen ones too. */
    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private List<String> javaCommand() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of(QUICK, "-Xmx1g"));
    command.add("-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile"));
    if (!driverFaults.isEmpty()) {
      command.add(agent(driverFaults));
    }
    String executor = executorFaults.isEmpty() ? QUICK : QUICK + " " + agent(executorFaults);
    conf.putIfAbsent("spark.executor.extraJavaOptions", executor);
    conf.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of("-cp", CLASS_PATH, "org.qsnn.job.Main"));
    command.addAll(this.command);
    command.addAll(options);
    return command;
  }

  private String agent(List<Fault> faults) throws IOException {
    Path jar = run.file("agent.jar");
    return FaultAgent.option(
        Files.exists(jar) ? jar : FaultAgent.writeJar(jar), run.file("evidence"), faults);
  }
}
