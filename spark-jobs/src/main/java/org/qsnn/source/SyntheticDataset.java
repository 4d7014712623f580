package org.qsnn.source;

import java.util.Optional;
import org.qsnn.dataset.Normalization;
import org.qsnn.model.ImageInput;
import org.qsnn.storage.FileStore;

/** Rendered images; needs no data. */
final class SyntheticDataset implements Dataset {
  @Override
  public String key() {
    return "synthetic";
  }

  @Override
  public Optional<ImageInput> images() {
    return Optional.of(Normalization.SYNTHETIC);
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
        .orElseGet(() -> new Images(choices.trainSamples(), choices.testSamples()));
  }

  /** Always the same ones, so that runs with different seeds can be compared. */
  record Images(int trainSamples, int testSamples) implements DatasetSource {
    @Override
    public Dataset dataset() {
      return Datasets.SYNTHETIC;
    }

    @Override
    public Optional<String> place() {
      return Optional.empty();
    }

    @Override
    public RawSource open(FileStore files) {
      return new SyntheticSource(this);
    }
  }
}
