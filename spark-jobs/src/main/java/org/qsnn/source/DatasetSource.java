package org.qsnn.source;

import java.util.Locale;
import java.util.Optional;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.dataset.WindowCut;
import org.qsnn.event.Aedat2Convention;

/** What a data set is made from, as the user names it. */
public sealed interface DatasetSource {
  DatasetKind kind();

  /** Where the data lies, raw or prepared; empty if it is computed. */
  Optional<String> place();

  /** How samples are made from files; another text means other samples. */
  default String sampling() {
    return "records";
  }

  /**
   * Official files.
   *
   * @param path a folder with the .bin files, the folder above it, or the official .tar.gz
   */
  record Cifar(CifarFormat format, String path) implements DatasetSource {
    @Override
    public DatasetKind kind() {
      return switch (format) {
        case CIFAR10 -> DatasetKind.CIFAR10;
        case CIFAR100 -> DatasetKind.CIFAR100;
      };
    }

    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }
  }

  /** Rendered images; always the same ones, so that runs with different seeds can be compared. */
  record Synthetic(int trainSamples, int testSamples) implements DatasetSource {
    @Override
    public DatasetKind kind() {
      return DatasetKind.SYNTHETIC;
    }

    @Override
    public Optional<String> place() {
      return Optional.empty();
    }
  }

  /** The rendered images as a simulated event camera sees them. */
  record SyntheticEvents(int trainSamples, int testSamples) implements DatasetSource {
    @Override
    public DatasetKind kind() {
      return DatasetKind.SYNTHETIC_EVENTS;
    }

    @Override
    public Optional<String> place() {
      return Optional.empty();
    }
  }

  /**
   * Recordings of event cameras.
   *
   * @param path a folder with {@code train/<class>/*.aedat} or {@code train/<class>.aedat}, and
   *     {@code test}
   * @param badFiles recordings that are left out if they are damaged; one more is a failure
   */
  record Recordings(String path, WindowCut cut, Aedat2Convention aedat2, int badFiles)
      implements DatasetSource {
    @Override
    public DatasetKind kind() {
      return DatasetKind.RECORDINGS;
    }

    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }

    @Override
    public String sampling() {
      return String.format(Locale.ROOT, "%s; AEDAT 2.0 as %s", cut, aedat2);
    }
  }

  /**
   * An event set as it is distributed.
   *
   * @param path its folder; of DVS128-Gesture also the .tar.gz
   * @param badFiles files that are left out if they are damaged; one more is a failure
   */
  record OfficialEvents(DatasetKind kind, String path, int badFiles) implements DatasetSource {
    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }

    @Override
    public String sampling() {
      return kind == DatasetKind.DVS_GESTURE ? "label rows" : "files";
    }
  }

  /** A kind without raw files, at a place that can only hold its prepared form. */
  record Prepared(DatasetKind kind, String path) implements DatasetSource {
    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }
  }
}
