package org.qsnn.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.FileNotFoundException;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.qsnn.DivergedException;
import org.qsnn.SparkSessionExtension;

/** What a task threw reaches the user, through a Spark job that fails. */
@ExtendWith(SparkSessionExtension.class)
class FailureIT {
  private final JavaSparkContext spark;

  FailureIT(SparkSession spark) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  @Test
  void failureOfATaskKeepsItsFamily() {
    Failure failure =
        failureOf(
            shard -> {
              throw new DivergedException("stem.conv.weight: NaN at step 7, shard " + shard);
            });

    assertThat(failure)
        .isEqualTo(new Failure("stem.conv.weight: NaN at step 7, shard 0", 4, false));
  }

  @Test
  void failureOfATaskWithoutFamilyIsRecognizedToo() {
    Failure failure =
        failureOf(
            shard -> {
              throw new FileNotFoundException("/data/a.bin");
            });

    assertThat(failure).isEqualTo(new Failure("no such file or folder: /data/a.bin", 3, true));
  }

  @Test
  void memoryThatIsExhaustedInATaskIsNamed() {
    Failure failure = failureOf(shard -> new long[Integer.MAX_VALUE - 8].length);

    assertThat(failure.exitCode()).isEqualTo(2);
    assertThat(failure.message())
        .startsWith("the heap is exhausted (Java heap space; the driver's is ")
        .contains("--driver-memory", "--executor-memory", "qsnn doctor CONF");
  }

  @Test
  void stackThatIsExhaustedInATaskIsNamed() {
    Failure failure =
        failureOf(
            shard -> {
              throw new StackOverflowError();
            });

    assertThat(failure.exitCode()).isEqualTo(2);
    assertThat(failure.message()).startsWith("the stack is exhausted");
  }

  @Test
  void bugInATaskIsABug() {
    Failure failure =
        failureOf(
            shard -> {
              throw new IllegalStateException("impossible");
            });

    assertThat(failure.isBug()).isTrue();
    assertThat(failure.message()).contains("impossible");
  }

  private Failure failureOf(Function<Integer, Integer> task) {
    Throwable thrown = catchThrowable(() -> spark.parallelize(List.of(0), 1).map(task).collect());
    assertThat(thrown).isInstanceOf(SparkException.class);
    return Failure.of(thrown);
  }
}
