package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

/** A folder with leases, and ways to acquire, to write and to read them. */
abstract class LeasedFolder {
  static final Sleeper INSTANT = time -> {};

  final FileStore files = FileStore.of(new Configuration());
  @TempDir Path root;

  static void mustNotWait(Duration time) {
    throw new AssertionError("waits " + time);
  }

  /** A lease that does not beat by itself, from whoever has it and gives no heartbeat. */
  Lease acquire() {
    return Lease.acquire(files, run(), INSTANT);
  }

  /** How long it takes to get a lease while something happens with each pause. */
  Duration waitedFor(Sleeper happening) {
    AtomicReference<Duration> waited = new AtomicReference<>(Duration.ZERO);
    Lease.acquire(
            files,
            run(),
            time -> {
              waited.accumulateAndGet(time, Duration::plus);
              happening.of(time);
            })
        .close();
    return waited.get();
  }

  void write(HostProcess process) throws IOException {
    Files.createDirectories(file("lease"));
    Files.write(
        file("lease/000001.json"),
        new LeaseHolder(process, "2026-01-01T00:00:00Z", "t", 0).bytes());
  }

  void write(Lease lease, String name, String text) {
    lease.replace(run() + "/" + name, out -> out.write(text.getBytes(UTF_8)));
  }

  LeaseHolder holder(String name) throws IOException {
    return LeaseHolder.of(Files.readAllBytes(file(name))).orElseThrow();
  }

  void setDate(String name, FileTime date) {
    try {
      Files.setLastModifiedTime(file(name), date);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(String name, String text) {
    try {
      Files.writeString(file(name), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String run() {
    return root.toString();
  }

  Path file(String name) {
    return root.resolve(name);
  }

  List<String> names(String folder) {
    String[] names = file(folder).toFile().list();
    return names == null ? List.of() : Stream.of(names).sorted().toList();
  }
}
