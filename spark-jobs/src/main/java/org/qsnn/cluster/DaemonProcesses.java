package org.qsnn.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.qsnn.storage.HostProcess;

/**
 * A cluster's daemons as the system knows them, by the one argument that each of them has and
 * nobody else: also those that a start launched which was killed before it could write them down.
 */
final class DaemonProcesses {
  private static final String PROGRAM = "org.apache.";

  private DaemonProcesses() {}

  /** The argument that daemons of a folder are known by. */
  static String mark(Path logging) {
    return "-Dlog4j2.configurationFile=" + logging;
  }

  /** Those of this user that run. */
  static List<Daemon> of(ClusterFolder folder) {
    String mark = mark(folder.logging());
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.map(ProcessHandle::pid)
          .filter(pid -> arguments(pid).contains(mark))
          .map(pid -> daemon(folder, pid))
          .filter(Daemon::isAlive)
          .toList();
    }
  }

  private static Daemon daemon(ClusterFolder folder, long pid) {
    String name =
        arguments(pid).stream()
            .filter(argument -> argument.startsWith(PROGRAM))
            .findFirst()
            .map(program -> program.substring(program.lastIndexOf('.') + 1))
            .orElse("daemon")
            .toLowerCase(Locale.ROOT);
    return new Daemon(name, HostProcess.of(pid), folder.log(name).toString(), "");
  }

  /** Of a command line; empty of a process that is gone or somebody else's. */
  private static List<String> arguments(long pid) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      return Arrays.asList(new String(line, UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of();
    }
  }
}
