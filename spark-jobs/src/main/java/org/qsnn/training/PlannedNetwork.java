package org.qsnn.training;

import java.util.Optional;
import java.util.OptionalInt;
import org.qsnn.DataException;
import org.qsnn.config.RunConfig;
import org.qsnn.model.NetworkSpec;
import org.qsnn.prepared.DatasetCache;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.storage.FileStore;

/**
 * The network that a configuration will train, as far as it can be known before its data is
 * prepared.
 *
 * @param classes where their number comes from, as a note behind it; empty if it is certain
 */
public record PlannedNetwork(NetworkSpec network, String classes) {
  private static final int ASSUMED = 10;

  /**
   * @param classes that the user names; without them, those of the prepared data
   * @throws org.qsnn.ConfigurationException if the architecture cannot take the data set's input
   */
  public static PlannedNetwork of(FileStore files, RunConfig config, OptionalInt classes) {
    SampleDecoder decoder = Decoders.evaluation(config, config.dataset().input());
    Optional<Integer> known =
        classes.isPresent() ? Optional.of(classes.getAsInt()) : prepared(files, config);
    return new PlannedNetwork(
        config.networkSpec(decoder.channels(), decoder.size(), known.orElse(ASSUMED)),
        known.isPresent() ? "" : ", assumed: no data is prepared yet; --classes N says another");
  }

  private static Optional<Integer> prepared(FileStore files, RunConfig config) {
    try {
      return new DatasetCache(files, RunData.cacheFolder(files, config))
          .find(config.dataset().source())
          .map(dataset -> dataset.manifest().classNames().size());
    } catch (DataException e) {
      // What a network looks like does not depend on data that is missing or damaged.
      return Optional.empty();
    }
  }
}
