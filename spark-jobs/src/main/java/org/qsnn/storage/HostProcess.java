package org.qsnn.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One process, told from all others: also from one that was given its pid later, and from one that
 * has the same pid after a reboot or in another container.
 *
 * @param host name of the machine, for people
 * @param machine boot and pid namespace in which the pid means something; empty where the system
 *     does not tell
 * @param rights user, group, capabilities and namespaces, which decide who sees whom in {@code
 *     /proc}; empty where the system does not tell
 * @param start clock ticks from boot to the start of the process
 */
public record HostProcess(String host, String machine, String rights, long pid, long start) {
  private static final Path PROC = Path.of("/proc");
  private static final int START = 19;

  /** A file may have nulls. */
  public HostProcess {
    host = host == null ? "" : host;
    machine = machine == null ? "" : machine;
    rights = rights == null ? "" : rights;
  }

  static HostProcess current() {
    return of(ProcessHandle.current().pid());
  }

  /** The process that has this pid on this machine now; one that is gone if none has. */
  public static HostProcess of(long pid) {
    return new HostProcess(hostName(), machineHere(), rights(pid), pid, start(pid).orElse(0));
  }

  /** Whether it runs on this machine; false for a process that cannot be seen. */
  public boolean runsHere() {
    OptionalLong now = isOfThisMachine() ? start(pid) : OptionalLong.empty();
    return now.isPresent() && now.getAsLong() == start;
  }

  /**
   * Whether it is certain that it ran on this machine and runs no more. It is not of one that would
   * be invisible if it lived: that of another user, or in another container.
   */
  boolean isGone() {
    boolean isKnown = pid > 0 && start > 0 && !rights.isEmpty();
    boolean wouldBeSeen =
        isKnown
            && isOfThisMachine()
            && host.equals(hostName())
            && rights.equals(rights(ProcessHandle.current().pid()));
    return wouldBeSeen && hasEnded();
  }

  private boolean isOfThisMachine() {
    return !machine.isEmpty() && machine.equals(machineHere());
  }

  private boolean hasEnded() {
    try {
      OptionalLong now = startOrHidden(pid);
      return now.isEmpty() || now.getAsLong() != start;
    } catch (IOException hidden) {
      return false;
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine without an entry for its own name
    }
  }

  private static String machineHere() {
    Path boot = PROC.resolve("sys/kernel/random/boot_id");
    Path namespace = PROC.resolve("self/ns/pid");
    try {
      return showsThisProcess()
          ? Files.readString(boot).strip() + " " + Files.readSymbolicLink(namespace)
          : "";
    } catch (IOException e) {
      return ""; // not Linux, or /proc is not for us
    }
  }

  /** In a container {@code /proc} may be the host's, where pids mean other processes. */
  private static boolean showsThisProcess() throws IOException {
    String self = Files.readSymbolicLink(PROC.resolve("self")).toString();
    return self.equals(Long.toString(ProcessHandle.current().pid()));
  }

  private static String rights(long pid) {
    Path process = PROC.resolve(Long.toString(pid));
    try (Stream<String> status = Files.lines(process.resolve("status"))) {
      String credentials =
          status
              .filter(line -> line.matches("(Uid|Gid|CapPrm):.*"))
              .map(line -> line.replaceAll("\\s+", " "))
              .collect(Collectors.joining(" "));
      return credentials + " " + namespace(process, "user") + " " + namespace(process, "time");
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  private static String namespace(Path process, String kind) throws IOException {
    Path link = process.resolve("ns").resolve(kind);
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException olderKernel) {
      return "";
    }
  }

  private static OptionalLong start(long pid) {
    try {
      return startOrHidden(pid);
    } catch (IOException hidden) {
      return OptionalLong.empty();
    }
  }

  /**
   * When a process started; empty if there is none, or one that is dead but not buried.
   *
   * @throws IOException if there is one that may not be looked at
   */
  private static OptionalLong startOrHidden(long pid) throws IOException {
    String text;
    try {
      text = Files.readString(PROC.resolve(pid + "/stat"));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      if (Files.notExists(PROC.resolve(Long.toString(pid)))) {
        return OptionalLong.empty(); // it ended while it was looked at
      }
      throw e;
    }
    // pid (name) state …: the name may hold anything.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    boolean isDead = fields[0].equals("Z") || fields[0].equals("X");
    return isDead ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
  }
}
