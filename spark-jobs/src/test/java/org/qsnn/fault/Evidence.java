package org.qsnn.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What a process wrote down before a fault struck it.
 *
 * @param time milliseconds since 1970
 * @param step epoch and step of its latest task
 */
record Evidence(long process, long time, String step, String task) {

  static Evidence of(Path file) throws IOException {
    Map<String, String> facts =
        Files.readAllLines(file).stream()
            .limit(4)
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    return new Evidence(
        Long.parseLong(facts.get("process")),
        Long.parseLong(facts.get("time")),
        facts.get("step"),
        facts.get("task"));
  }

  void signal(String name) throws IOException, InterruptedException {
    signal(name, process);
  }

  static void signal(String name, long process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process))
        .inheritIO()
        .start()
        .waitFor(10, TimeUnit.SECONDS);
  }
}
