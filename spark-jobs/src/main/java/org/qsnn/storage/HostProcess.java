package org.qsnn.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One process, told from all others: also from one that was given its pid later, and from one that
 * has the same pid after a reboot or in another container.
 *
 * @param host name of the machine, for people
 * @param machine boot and pid namespace in which the pid means something; empty where the system
 *     does not tell
 * @param start clock ticks from boot to the start of the process
 */
public record HostProcess(String host, String machine, long pid, long start) {
  private static final Path PROC = Path.of("/proc");
  private static final int START = 19;

  public HostProcess {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(machine, "machine");
  }

  static HostProcess current() {
    return of(ProcessHandle.current().pid());
  }

  /** The process that has this pid on this machine now; one that is gone if none has. */
  public static HostProcess of(long pid) {
    return new HostProcess(hostName(), machineHere(), pid, start(pid).orElse(0));
  }

  /** Whether it runs on this machine; false for a process that cannot be seen. */
  public boolean runsHere() {
    OptionalLong now = machine.equals(machineHere()) ? start(pid) : OptionalLong.empty();
    return now.isPresent() && now.getAsLong() == start;
  }

  /** Whether it ran on this machine and runs no more; false for a process that cannot be seen. */
  boolean isGone() {
    if (machine.isEmpty() || !machine.equals(machineHere())) {
      return false;
    }
    OptionalLong now = start(pid);
    return now.isEmpty() || now.getAsLong() != start;
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
      return Files.readString(boot).strip() + " " + Files.readSymbolicLink(namespace);
    } catch (IOException e) {
      return ""; // not Linux, or /proc is not for us
    }
  }

  /** When a process started; empty if there is none, or one that is dead but not buried. */
  private static OptionalLong start(long pid) {
    Path stat = PROC.resolve(pid + "/stat");
    String text;
    try {
      text = Files.readString(stat);
    } catch (IOException e) {
      return OptionalLong.empty(); // it ended, maybe while it was looked at
    }
    // pid (name) state …: the name may hold anything.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    boolean isDead = fields[0].equals("Z") || fields[0].equals("X");
    return isDead ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START]));
  }
}
