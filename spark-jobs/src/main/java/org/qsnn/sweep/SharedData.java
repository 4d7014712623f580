package org.qsnn.sweep;

import java.io.Serializable;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.util.SerializableConfiguration;
import org.qsnn.prepared.PixelStatistics;
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
  private final double[] mean;
  private final double[] std;
  private final String dataSha256;

  SharedData(
      SerializableConfiguration hadoop,
      Samples[] training,
      Samples[] validation,
      List<String> classNames,
      PixelStatistics statistics,
      String dataSha256) {
    this.hadoop = hadoop;
    this.training = training;
    this.validation = validation;
    this.classNames = classNames.toArray(String[]::new);
    this.mean = numbers(statistics.mean());
    this.std = numbers(statistics.std());
    this.dataSha256 = dataSha256;
  }

  FileStore files() {
    return FileStore.of(hadoop.value());
  }

  Backend backend() {
    return new LocalBackend(
        List.of(training),
        List.of(validation),
        List.of(classNames),
        new PixelStatistics(list(mean), list(std)).normalization(),
        dataSha256);
  }

  private static double[] numbers(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Double> list(double[] numbers) {
    return DoubleStream.of(numbers).boxed().toList();
  }
}
