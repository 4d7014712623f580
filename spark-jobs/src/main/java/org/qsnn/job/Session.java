package org.qsnn.job;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.storage.FileStore;

/** Spark as a command uses it: started, with its file systems; stopped at the end. */
record Session(SparkSession spark, FileStore files) implements AutoCloseable {

  static Session start(String command) {
    return of(builder(command).getOrCreate());
  }

  /** On so many cores of this machine, whatever master was given. */
  static Session local(String command, int cores) {
    return of(builder(command).master("local[" + cores + "]").getOrCreate());
  }

  private static SparkSession.Builder builder(String command) {
    return SparkSession.builder()
        .appName("qsnn " + command)
        .config("spark.ui.showConsoleProgress", "false");
  }

  private static Session of(SparkSession spark) {
    return new Session(spark, FileStore.of(spark.sparkContext().hadoopConfiguration()));
  }

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /**
   * @throws org.qsnn.ConfigurationException if the file is missing or wrong
   */
  RunConfig configuration(String path, List<String> overrides) {
    return RunConfig.load(ConfigText.read(path, this::open), overrides, Instant.now());
  }

  private InputStream open(String path) throws IOException {
    Path parsed = new Path(path);
    return parsed.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(parsed);
  }

  @Override
  public void close() {
    spark.stop();
  }
}
