package org.qsnn.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.qsnn.ConfigurationException;
import org.qsnn.dataset.DatasetKind;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/** The files of a raw data set, wherever they lie and whatever their layout, as samples. */
public interface RawSource {

  /** The index is the label. */
  List<String> classNames();

  /** Who says which files are trained on and which are tested on. */
  String splitName();

  /** Names the state of the source cheaply: another state has another text. */
  String state();

  /**
   * A note on what lies at the source and is no part of it, known once it is read; empty if there
   * is nothing.
   */
  default String passedOver() {
    return "";
  }

  /**
   * Hands over every part once, in any order; a part's content can be poured only until the
   * consumer returns.
   *
   * @return what a sample's bytes are
   * @throws org.qsnn.DataException if files are missing, unknown or damaged
   */
  Payload read(Consumer<RawPart> parts);

  /**
   * @throws ConfigurationException if the source is a place where only prepared data can be
   */
  static RawSource open(FileStore files, DatasetSource source) {
    if (source instanceof DatasetSource.Cifar cifar) {
      return RawSources.find(files, cifar);
    }
    if (source instanceof DatasetSource.Synthetic synthetic) {
      return new SyntheticSource(synthetic);
    }
    if (source instanceof DatasetSource.SyntheticEvents synthetic) {
      return new SyntheticEventsSource(synthetic);
    }
    if (source instanceof DatasetSource.Recordings recordings) {
      EventLayout layout = new RecordingFolders(files, recordings);
      return new EventSource(files, layout, source.sampling(), recordings.badFiles());
    }
    if (source instanceof DatasetSource.OfficialEvents events) {
      return official(files, events);
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "dataset.path: expected a prepared folder or nothing, as dataset.kind is %s; found %s",
            source.kind().key(),
            source.place().orElseThrow()));
  }

  private static RawSource official(FileStore files, DatasetSource.OfficialEvents source) {
    String sampling = source.sampling();
    if (source.kind() == DatasetKind.DVS_GESTURE) {
      Optional<FileEntry> archive = GestureArchive.at(files, source.path());
      if (archive.isPresent()) {
        return new GestureArchive(files, archive.get(), sampling, source.badFiles());
      }
    }
    return new EventSource(files, layout(files, source), sampling, source.badFiles());
  }

  private static EventLayout layout(FileStore files, DatasetSource.OfficialEvents source) {
    return switch (source.kind()) {
      case DVS_GESTURE -> new GestureFolder(files, source.path());
      case CIFAR10_DVS -> SampleFiles.cifar10Dvs(files, source.path());
      case N_MNIST -> SampleFiles.nMnist(files, source.path());
      case N_CALTECH101 -> SampleFiles.nCaltech101(files, source.path());
      default -> throw new IllegalArgumentException(source + " is no official event set");
    };
  }
}
