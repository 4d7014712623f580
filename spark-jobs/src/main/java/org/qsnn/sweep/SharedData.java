package org.qsnn.sweep;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.util.SerializableConfiguration;
import org.qsnn.sample.Samples;
import org.qsnn.storage.FileStore;
import org.qsnn.training.Backend;
import org.qsnn.training.LocalBackend;

/** What all trials on the same samples need on an executor: sent there once, not once a trial. */
final class SharedData implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration hadoop;
  private final Samples[] training;
  private final Samples[] validation;
  private final String[] classNames;
  private final String dataSha256;

  SharedData(
      SerializableConfiguration hadoop,
      Samples[] training,
      Samples[] validation,
      List<String> classNames,
      String dataSha256) {
    this.hadoop = hadoop;
    this.training = training;
    this.validation = validation;
    this.classNames = classNames.toArray(String[]::new);
    this.dataSha256 = dataSha256;
  }

  FileStore files() {
    return FileStore.of(hadoop.value());
  }

  Backend backend() {
    return new LocalBackend(
        List.of(training), List.of(validation), List.of(classNames), dataSha256);
  }
}
