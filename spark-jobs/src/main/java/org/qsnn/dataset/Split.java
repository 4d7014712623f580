package org.qsnn.dataset;

import com.fasterxml.jackson.annotation.JsonValue;
import org.qsnn.EnumKey;

/** The two parts of a data set; each numbers its samples from 0. */
public enum Split {
  TRAIN,
  TEST;

  /** Its name in the manifest, and the folder of its Parquet files. */
  @JsonValue
  public String key() {
    return EnumKey.of(this);
  }
}
