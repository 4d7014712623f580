package org.qsnn;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests the one Spark session of their JVM as a parameter; it stops after the last test. */
public final class SparkSessionExtension implements ParameterResolver {

  private record Shared(SparkSession spark) implements AutoCloseable {
    static Shared start() {
      return new Shared(
          SparkSession.builder()
              .master("local[2]")
              .appName("qsnn tests")
              .config("spark.ui.enabled", false)
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.executor.killOnFatalError.depth", 0) // as SparkDefaults sets it
              .config("spark.sql.shuffle.partitions", 2)
              .config("spark.sql.warehouse.dir", "target/spark-warehouse")
              .getOrCreate());
    }

    @Override
    public void close() {
      spark.stop();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public SparkSession resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
        .spark();
  }
}
