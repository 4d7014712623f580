package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Files that are away for a time, on a clock that only waiting moves. */
abstract class FlakyStore {
  static final Duration LIMIT = Duration.ofMinutes(10);
  static final IOException AWAY = new ConnectException("Connection refused");

  final AtomicBoolean isOver = new AtomicBoolean();
  final List<Duration> pauses = new ArrayList<>();
  Duration waited = Duration.ZERO;
  final FileStore impatient = FileStore.of(FlakyFileSystem.in(new Configuration()));

  final FileStore files =
      impatient.patient(new Patience(LIMIT, isOver::get, this::pause, () -> waited.toNanos()));

  @TempDir Path folder;

  void pause(Duration time) {
    pauses.add(time);
    waited = waited.plus(time);
  }

  @AfterEach
  void calm() {
    FlakyFileSystem.calm();
  }

  void awayFor(Duration time, String operation) {
    failFor(AWAY, time, operation);
  }

  void failFor(IOException failure, Duration time, String what) {
    Duration until = waited.plus(time);
    FlakyFileSystem.let(
        (number, operation, path) -> {
          if (operation.equals(what) && waited.compareTo(until) < 0) {
            throw failure;
          }
        });
  }

  String path(String name) {
    return "flaky:" + folder.resolve(name).normalize();
  }

  void write(String name, String text) {
    files.own().replace(path(name), out -> out.write(text.getBytes(UTF_8)), () -> {});
  }

  String read(String name) {
    return new String(files.readBytes(path(name), 1000), UTF_8);
  }

  List<String> names() {
    return Stream.of(folder.toFile().list()).sorted().toList();
  }
}
