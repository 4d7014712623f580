package org.qsnn.source;

import java.util.Optional;
import org.qsnn.storage.FileStore;

/** The rendered images as a simulated event camera sees them; needs no data. */
final class SyntheticEventsDataset implements Dataset {
  @Override
  public String key() {
    return "synthetic-events";
  }

  @Override
  public boolean isComputed() {
    return true;
  }

  @Override
  public DatasetSource source(Choices choices) {
    return choices
        .path()
        .<DatasetSource>map(path -> new PreparedPlace(this, path))
        .orElseGet(() -> new Simulated(choices.trainSamples(), choices.testSamples()));
  }

  /** Always the same ones. */
  record Simulated(int trainSamples, int testSamples) implements DatasetSource {
    @Override
    public Dataset dataset() {
      return Datasets.SYNTHETIC_EVENTS;
    }

    @Override
    public Optional<String> place() {
      return Optional.empty();
    }

    @Override
    public RawSource open(FileStore files) {
      return new SyntheticEventsSource(this);
    }
  }
}
