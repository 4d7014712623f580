package org.qsnn.storage;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.util.VersionInfo;

/** What to load for a file system that Hadoop knows by name and Spark does not bring. */
public final class ConnectorPackage {
  private static final Map<String, String> OF_CLASS =
      Map.of(
          "org.apache.hadoop.fs.s3a.", "org.apache.hadoop:hadoop-aws:",
          "org.apache.hadoop.fs.azurebfs.", "org.apache.hadoop:hadoop-azure:",
          "org.apache.hadoop.fs.azure.", "org.apache.hadoop:hadoop-azure:",
          "org.apache.hadoop.fs.adl.", "org.apache.hadoop:hadoop-azure-datalake:",
          "org.apache.hadoop.fs.aliyun.", "org.apache.hadoop:hadoop-aliyun:");

  private ConnectorPackage() {}

  /** The Maven coordinates, in the version of this Hadoop, for a text that names a class of it. */
  public static Optional<String> named(String text) {
    return OF_CLASS.entrySet().stream()
        .filter(entry -> text.contains(entry.getKey()))
        .map(entry -> entry.getValue() + VersionInfo.getVersion())
        .findFirst();
  }
}
