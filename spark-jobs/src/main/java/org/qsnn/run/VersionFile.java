package org.qsnn.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.qsnn.DataException;

/** The properties file in which a library on the class path states its version. */
enum VersionFile {
  SPARK("spark-version-info.properties", "version"),
  SCALA("library.properties", "version.number"),
  HADOOP("common-version-info.properties", "version"),
  QSNN("qsnn-version.properties", "version"),
  QSNN_COMMIT("qsnn-version.properties", "commit");

  private final String resource;
  private final String key;

  VersionFile(String resource, String key) {
    this.resource = resource;
    this.key = key;
  }

  /** The version; {@code unknown} if the library is not there. */
  String version() {
    Properties properties = new Properties();
    try (InputStream in = VersionFile.class.getClassLoader().getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new DataException(resource + ": cannot be read from the class path: " + e, e);
    }
    return properties.getProperty(key, "unknown");
  }
}
