package org.qsnn.dataset;

import java.util.Optional;
import java.util.function.Function;
import org.qsnn.sample.SyntheticImages;
import org.qsnn.storage.FileStore;

/** A data set that is rendered, so that it needs no data. */
record ComputedDataset(String key, Optional<Images> images, Function<Samples, RawSource> rendering)
    implements Dataset {
  /** Rendered images. */
  static final ComputedDataset SYNTHETIC =
      new ComputedDataset(
          "synthetic",
          Optional.of(new Images(SyntheticImages.SIZE, SyntheticImages.INPUT)),
          SyntheticSource::new);

  /** The rendered images as a simulated event camera sees them. */
  static final ComputedDataset SYNTHETIC_EVENTS =
      new ComputedDataset("synthetic-events", Optional.empty(), SyntheticEventsSource::new);

  @Override
  public boolean isComputed() {
    return true;
  }

  @Override
  public DatasetSource source(Choices choices) {
    return choices
        .path()
        .<DatasetSource>map(path -> new PreparedOnlySource(this, path))
        .orElseGet(() -> new Samples(this, choices.trainSamples(), choices.testSamples()));
  }

  /** Always the same ones, so that runs with different seeds can be compared. */
  record Samples(ComputedDataset dataset, int trainSamples, int testSamples)
      implements DatasetSource {
    @Override
    public Optional<String> place() {
      return Optional.empty();
    }

    @Override
    public RawSource open(FileStore files) {
      return dataset.rendering().apply(this);
    }

    /** Names them in the state of their source. */
    @Override
    public String toString() {
      return dataset.key() + " " + trainSamples + " " + testSamples;
    }
  }
}
