package org.qsnn.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsnn.DataException;
import org.qsnn.json.JsonRecords;

/**
 * What has been started.
 *
 * @param master what {@code --master} takes
 * @param hdfs root of the file system, null without
 * @param daemons in the order of their start
 */
public record ClusterState(ClusterSize size, String master, String hdfs, List<Daemon> daemons) {
  public ClusterState {
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(master, "master");
    daemons = List.copyOf(daemons);
  }

  public List<Daemon> alive() {
    return daemons.stream().filter(Daemon::isAlive).toList();
  }

  public List<Daemon> dead() {
    return daemons.stream().filter(daemon -> !daemon.isAlive()).toList();
  }

  /** A daemon by its name. */
  public Daemon daemon(String name) {
    return daemons.stream()
        .filter(daemon -> daemon.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown daemon " + name));
  }

  ClusterState with(Daemon daemon) {
    return new ClusterState(
        size, master, hdfs, Stream.concat(daemons.stream(), Stream.of(daemon)).toList());
  }

  /** With daemons of the same cluster that are not in it yet. */
  ClusterState withOthers(List<Daemon> running) {
    List<Long> known = alive().stream().map(Daemon::pid).toList();
    ClusterState all = this;
    for (Daemon daemon : running) {
      all = known.contains(daemon.pid()) ? all : all.with(daemon);
    }
    return all;
  }

  /** Empty if nothing was started, or all of it was stopped. */
  static Optional<ClusterState> read(ClusterFolder folder) {
    Path file = folder.state();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonRecords.readLenient(Files.readAllBytes(file), ClusterState.class));
    } catch (JsonProcessingException e) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected what qsnn cluster start wrote, found a damaged file: %s; look for processes"
                  + " with jps, end them, delete the file",
              file,
              e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw folder.unusable(e);
    }
  }

  /** Replaces what was written before in one step. */
  void write(ClusterFolder folder) {
    Path file = folder.state();
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(temporary, JsonRecords.indented(this));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw folder.unusable(e);
    }
  }

  static void delete(ClusterFolder folder) {
    try {
      Files.deleteIfExists(folder.state());
    } catch (IOException e) {
      throw folder.unusable(e);
    }
  }
}
