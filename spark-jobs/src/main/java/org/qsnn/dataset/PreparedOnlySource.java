package org.qsnn.dataset;

import java.util.Locale;
import java.util.Optional;
import org.qsnn.ConfigurationException;
import org.qsnn.storage.FileStore;

/** A data set without raw files, at a path that can only hold its prepared form. */
record PreparedOnlySource(Dataset dataset, String path) implements DatasetSource {
  @Override
  public Optional<String> place() {
    return Optional.of(path);
  }

  @Override
  public RawSource open(FileStore files) {
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "dataset.path: must be a prepared folder or unset, since dataset.kind is %s; found %s",
            dataset.key(),
            path));
  }
}
