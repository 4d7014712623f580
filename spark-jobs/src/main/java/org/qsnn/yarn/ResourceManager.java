package org.qsnn.yarn;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.HAUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** What starts applications on a YARN cluster, as {@code HADOOP_CONF_DIR} names it. */
public final class ResourceManager {
  private static final Logger LOG = LogManager.getLogger();

  private ResourceManager() {}

  /** HOST:PORT, of all if one stands in for the other. */
  public static List<String> addresses() {
    return addresses(new YarnConfiguration());
  }

  static List<String> addresses(YarnConfiguration yarn) {
    return HAUtil.isHAEnabled(yarn)
        ? HAUtil.getRMHAIds(yarn).stream()
            .map(id -> yarn.get(HAUtil.addSuffix(YarnConfiguration.RM_ADDRESS, id)))
            .filter(Objects::nonNull)
            .toList()
        : List.of(yarn.get(YarnConfiguration.RM_ADDRESS, YarnConfiguration.DEFAULT_RM_ADDRESS));
  }

  /**
   * What an application left to be said of it; empty if that cannot be known.
   *
   * @param application its id, {@code application_…}
   */
  public static String diagnostics(String application) {
    try (YarnClient yarn = YarnClient.createYarnClient()) {
      yarn.init(new YarnConfiguration());
      yarn.start();
      return String.valueOf(
          yarn.getApplicationReport(ApplicationId.fromString(application)).getDiagnostics());
    } catch (IOException | YarnException e) {
      LOG.warn("YARN does not say why {} failed: {}", application, e.getMessage());
      return "";
    }
  }
}
