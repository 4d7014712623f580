package org.qsnn.source;

import java.util.List;
import java.util.function.Consumer;
import org.qsnn.ConfigurationException;
import org.qsnn.storage.FileStore;

/** The files of a raw data set, wherever they lie and whatever their layout, as samples. */
public interface RawSource {

  /** The index is the label. */
  List<String> classNames();

  /** What a sample's bytes are. */
  Payload payload();

  /** Names the state of the source cheaply: another state has another text. */
  String state();

  /**
   * Hands over every part once, in any order; a part's content can be poured only until the
   * consumer returns.
   *
   * @throws org.qsnn.DataException if files are missing, unknown or damaged
   */
  void read(Consumer<RawPart> parts);

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
    throw new ConfigurationException(
        "dataset.path: expected a prepared folder or nothing, as dataset.kind is %s; found %s"
            .formatted(source.kind().key(), source.place().orElseThrow()));
  }
}
