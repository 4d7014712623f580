package org.qsnn.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.qsnn.DataException;
import org.qsnn.config.RunConfig;
import org.qsnn.json.Json;
import org.qsnn.model.PackedModel;
import org.qsnn.run.EndedRun;
import org.qsnn.run.RunDirectory;
import org.qsnn.run.RunJson;
import org.qsnn.run.StoredMistake;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.StorageException;
import org.qsnn.training.RunState;

/**
 * What a run has left so far.
 *
 * @param path of its folder, absolute
 * @param epochs metrics of the epochs from the first on
 * @param summary empty of a run that is not finished
 * @param model the packed model of its best epoch; empty if there is none yet
 * @param ended why it came to no good end; empty if it did not
 * @param mistakes some of the test samples that were taken for something else
 * @param neuroBench what the packed model takes, counted on the test set; empty of a run that is
 *     not finished
 * @param problems what is damaged and left out, a line each
 */
record ReportedRun(
    String path,
    RunConfig config,
    List<ObjectNode> epochs,
    Optional<ObjectNode> summary,
    ObjectNode fingerprint,
    Optional<PackedModel> model,
    Optional<EndedRun> ended,
    List<StoredMistake> mistakes,
    Optional<ObjectNode> neuroBench,
    List<String> problems) {
  ReportedRun {
    epochs = List.copyOf(epochs);
    mistakes = List.copyOf(mistakes);
    problems = List.copyOf(problems);
  }

  /**
   * Reads it.
   *
   * @throws DataException if there is no run
   */
  static ReportedRun read(FileStore files, String folder) {
    String path = files.paths().absolute(folder);
    RunConfig config = RunState.requireConfiguration(files, path);
    List<String> problems = new ArrayList<>();
    Reader reader = new Reader(files, path, problems);
    return new ReportedRun(
        path,
        config,
        reader.epochs(),
        reader.json(RunDirectory.SUMMARY),
        reader.json(RunDirectory.FINGERPRINT).orElseGet(Json::object),
        reader.model(),
        reader.orNothing(() -> EndedRun.read(files, path)),
        reader.orNothing(() -> Optional.of(StoredMistake.read(files, path))).orElse(List.of()),
        reader.json(RunDirectory.NEUROBENCH),
        problems);
  }

  /** Reads what is intact and notes what is not. */
  private record Reader(FileStore files, String path, List<String> problems) {
    /** Up to the first that is missing or damaged. */
    List<ObjectNode> epochs() {
      String folder = path + "/" + RunDirectory.METRICS;
      Set<String> there = files.exists(folder) ? Set.copyOf(files.names(folder)) : Set.of();
      List<ObjectNode> epochs = new ArrayList<>();
      boolean isNext = true;
      while (isNext) {
        String name = RunDirectory.metrics(epochs.size());
        boolean isThere = there.contains(name.substring(RunDirectory.METRICS.length() + 1));
        Optional<ObjectNode> next = isThere ? json(name) : Optional.empty();
        next.ifPresent(epochs::add);
        isNext = next.isPresent();
      }
      return epochs;
    }

    Optional<ObjectNode> json(String name) {
      String file = path + "/" + name;
      return orNothing(
          () -> files.exists(file) ? Optional.of(RunJson.read(files, file)) : Optional.empty());
    }

    Optional<PackedModel> model() {
      String folder = path + "/" + RunDirectory.MODEL;
      return orNothing(
          () ->
              files.exists(folder)
                  ? files.list(folder).stream()
                      .filter(file -> file.name().endsWith(RunDirectory.TENSORS))
                      .reduce((first, second) -> second)
                      .map(this::model)
                  : Optional.empty());
    }

    private PackedModel model(FileEntry file) {
      return files.read(file.path(), in -> PackedModel.read(in, file.bytes(), file.path()));
    }

    <T> Optional<T> orNothing(Supplier<Optional<T>> read) {
      try {
        return read.get();
      } catch (StorageException e) {
        throw e; // it may be intact
      } catch (DataException e) {
        problems.add(e.getMessage());
        return Optional.empty();
      }
    }
  }

  /** Of its folder. */
  String name() {
    return Html.name(path);
  }

  /** Such as {@code 1w2u}: bits of weights and membranes. */
  String bits() {
    return config.network().bits();
  }

  /** The best so far, 0…1; of a finished run that of the model which was tested. */
  Optional<Double> validationAccuracy() {
    return series("validation_accuracy").stream().filter(Objects::nonNull).max(Double::compare);
  }

  /** 0…1; empty of a run that is not finished. */
  Optional<Double> testAccuracy() {
    return summary.map(end -> end.path("test_accuracy").doubleValue());
  }

  /** The epoch whose model is packed, of a run that is not finished the last; empty before any. */
  Optional<ObjectNode> bestEpoch() {
    int last = epochs.size() - 1;
    int best = summary.map(end -> end.path("best_epoch").asInt()).orElse(last);
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(Math.min(best, last)));
  }

  List<String> layers() {
    List<String> names = new ArrayList<>();
    if (!epochs.isEmpty()) {
      epochs.get(0).path("layers").forEach(layer -> names.add(layer.path("name").asText()));
    }
    return names;
  }

  List<String> classNames() {
    return model.map(packed -> packed.description().classNames()).orElse(List.of());
  }

  /** One number of each epoch; null where there is none. */
  List<Double> series(String key) {
    return series(epoch -> epoch.path(key));
  }

  List<Double> series(Function<ObjectNode, JsonNode> number) {
    List<Double> values = new ArrayList<>();
    for (ObjectNode epoch : epochs) {
      JsonNode value = number.apply(epoch);
      values.add(value.isNumber() ? value.doubleValue() : null);
    }
    return values;
  }
}
