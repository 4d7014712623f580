package org.qsnn.data;

import java.util.Locale;

/** The two parts of a data set; each numbers its samples from 0. */
public enum Split {
  TRAIN,
  TEST;

  /** The folder of its Parquet files. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
