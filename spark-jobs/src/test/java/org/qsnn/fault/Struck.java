package org.qsnn.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.qsnn.tensor.RandomStream;

/**
 * What happens in a JVM with faults. There is one of it in a JVM, as of its agent. Evidence is
 * written before a fault strikes.
 */
public final class Struck {
  /** The partition whose task fails, or is slow. */
  private static final int CHOSEN = 1;

  private static final int LONGEST_DELAY_MILLIS = 200;
  private static final int LAG_MILLIS = 3000;
  private static final int PAUSE_MILLIS = 5000;

  private static Path evidence;
  private static List<Fault> faults = List.of();

  /** Epoch and step of the thread's latest task. */
  private static final ThreadLocal<int[]> STEP = new ThreadLocal<>();

  private Struck() {}

  static void install(Path folder, List<Fault> all) throws IOException {
    evidence = folder;
    faults = all;
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(processFile(ProcessHandle.current().pid())));
  }

  static String processFile(long pid) {
    return "process-" + pid;
  }

  /** Called on entry of every place's method. */
  public static void at(String className, Object self, Object[] arguments) {
    if (className.equals(Place.TASK.className)) {
      STEP.set(new int[] {number(self, "epoch"), number(self, "step")});
    }
    for (Fault fault : faults) {
      if (fault.place().className.equals(className) && strikes(fault, arguments)) {
        strike(fault);
      }
    }
  }

  private static boolean strikes(Fault fault, Object[] arguments) {
    if (fault.place() == Place.GRADIENT_RETURN && !arguments[1].toString().equals("FINISHED")) {
      return false;
    }
    int[] step = STEP.get();
    boolean isTime =
        (fault.epoch() == Fault.ANY || (step != null && step[0] == fault.epoch()))
            && (fault.step() == Fault.ANY || (step != null && step[1] == fault.step()));
    return isTime && isHere(fault.act());
  }

  private static boolean isHere(Act act) {
    return switch (act) {
      case FAIL -> TaskContext.getPartitionId() == CHOSEN;
      case LAG -> TaskContext.getPartitionId() == CHOSEN && TaskContext.get().attemptNumber() == 0;
      default -> true;
    };
  }

  private static void strike(Fault fault) {
    try {
      if (fault.act() == Act.COUNT) {
        count(fault);
      } else if (fault.act() == Act.DELAY) {
        sleep(RandomStream.of(System.nanoTime()).nextInt(LONGEST_DELAY_MILLIS));
      } else if (fault.act() == Act.LAG) {
        sleep(LAG_MILLIS);
      } else if (isFirst(fault)) {
        act(fault.act());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Not in a task that was killed, which its thread may have forgotten: one of Spark's that has
   * just been interrupted drops an interrupt that it gives itself.
   */
  private static void sleep(int millis) throws InterruptedException {
    TaskContext task = TaskContext.get();
    if (task == null || !task.isInterrupted()) {
      Thread.sleep(millis);
    }
  }

  private static void count(Fault fault) throws IOException {
    Files.writeString(
        evidence.resolve(fault.fileName()),
        ProcessHandle.current().pid() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Whether it has not struck as often as it may, in any process. */
  private static boolean isFirst(Fault fault) throws IOException {
    for (int time = 1; time <= fault.times(); time++) {
      String name = fault.fileName() + "-" + time;
      if (isTaken(evidence.resolve(".taken-" + name))) {
        Path whole = Files.writeString(evidence.resolve(".new-" + name), testimony());
        Files.move(whole, evidence.resolve(name));
        return true;
      }
    }
    return false;
  }

  /** True for the one process that asks first. */
  private static boolean isTaken(Path file) throws IOException {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static String testimony() {
    TaskContext task = TaskContext.get();
    return Stream.concat(
            Stream.of(
                "process " + ProcessHandle.current().pid(),
                "time " + Instant.now().toEpochMilli(),
                "step " + Arrays.toString(STEP.get()),
                "task "
                    + (task == null
                        ? "none"
                        : "of partition "
                            + task.partitionId()
                            + " attempt "
                            + task.attemptNumber())),
            Arrays.stream(Thread.currentThread().getStackTrace()).map(Object::toString))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void act(Act act) throws IOException, InterruptedException {
    switch (act) {
      case HALT -> Runtime.getRuntime().halt(137);
      case FREEZE -> Evidence.signal("STOP", ProcessHandle.current().pid());
      case DECOMMISSION -> Evidence.signal("PWR", ProcessHandle.current().pid());
      case PAUSE -> Thread.sleep(PAUSE_MILLIS);
      case FAIL -> throw new IllegalStateException("a fault of the test");
      case EXHAUST -> throw new OutOfMemoryError("Java heap space");
      case KILL_EXECUTOR -> killExecutor();
      default -> throw new IllegalStateException(act + " needs no evidence");
    }
  }

  /** Some process of the run that is not this one. */
  private static void killExecutor() throws IOException {
    ProcessHandle victim =
        processes()
            .filter(process -> process.pid() != ProcessHandle.current().pid())
            .filter(ProcessHandle::isAlive)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no executor is alive"));
    victim.destroyForcibly();
    victim.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static Stream<ProcessHandle> processes() throws IOException {
    try (Stream<Path> files = Files.list(evidence)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      return names.stream()
          .filter(name -> name.startsWith("process-"))
          .map(name -> Long.parseLong(name.substring("process-".length())))
          .flatMap(pid -> ProcessHandle.of(pid).stream());
    }
  }

  private static int number(Object self, String field) {
    try {
      Field declared = self.getClass().getDeclaredField(field);
      declared.setAccessible(true);
      return declared.getInt(self);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("what the agent knows of " + self.getClass() + " is old", e);
    }
  }

  static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
  }
}
