package org.qsnn.cluster;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.ConfigurationException;

/**
 * How much of everything a cluster has.
 *
 * @param workers Spark's Workers, each a process that starts executors
 * @param coresPerWorker tasks that run at a time on one Worker
 * @param memory that executors on one Worker may have together, as 2g or 1500m
 * @param dataNodes HDFS's DataNodes; 0 means no HDFS
 */
public record ClusterSize(int workers, int coresPerWorker, String memory, int dataNodes) {
  private static final Pattern MEMORY = Pattern.compile("([1-9][0-9]{0,8})([mg])");

  /** What an executor takes unless it is told otherwise; less would start none. */
  private static final long LEAST_MEGABYTES = 1024;

  public ClusterSize {
    requireWithin("--workers", workers, 1, 64);
    requireWithin("--cores-per-worker", coresPerWorker, 1, 1024);
    requireWithin("--datanodes", dataNodes, 0, 16);
    if (megabytes(memory) < LEAST_MEGABYTES) {
      throw new ConfigurationException(
          "--memory: must be at least 1g, such as 2g or 1500m; found " + memory);
    }
  }

  boolean hasHdfs() {
    return dataNodes > 0;
  }

  private static long megabytes(String memory) {
    Matcher matcher = MEMORY.matcher(memory);
    if (!matcher.matches()) {
      return 0;
    }
    return Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("g") ? 1024 : 1);
  }

  private static void requireWithin(String option, int found, int least, int most) {
    if (found < least || found > most) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "%s: must be from %d to %d; found %d", option, least, most, found));
    }
  }
}
