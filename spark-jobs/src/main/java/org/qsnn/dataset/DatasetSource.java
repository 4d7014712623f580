package org.qsnn.dataset;

import java.util.Optional;
import org.qsnn.storage.FileStore;

/** What a data set is made from, as the user names it. */
public interface DatasetSource {
  Dataset dataset();

  /** Where the data lies, raw or prepared; empty if it is computed. */
  Optional<String> place();

  /** How samples are made from files; another text means other samples. */
  default String sampling() {
    return "records";
  }

  /**
   * Its files as samples.
   *
   * @throws org.qsnn.ConfigurationException if the place can hold prepared data only
   * @throws org.qsnn.DataException if files are missing, unknown or damaged
   */
  RawSource open(FileStore files);
}
