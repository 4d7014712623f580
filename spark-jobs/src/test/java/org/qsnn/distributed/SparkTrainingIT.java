package org.qsnn.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.SparkSessionExtension;
import org.qsnn.dataset.DatasetSource;
import org.qsnn.dataset.EventFiles;
import org.qsnn.dataset.Places;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.frame.FrameAugmentation.Unit;
import org.qsnn.prepared.Preparation;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;

/** The same loop computes the same bits wherever its gradients come from. */
@ExtendWith(SparkSessionExtension.class)
class SparkTrainingIT {
  @TempDir private static Path root;
  private static PreparedDataset images;
  private static PreparedDataset events;

  private final SparkSession spark;

  SparkTrainingIT(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  static void prepare() {
    FileStore files = FileStore.of(new Configuration());
    int samples = SmallTraining.TRAINED + SmallTraining.VALIDATED;
    images =
        Preparation.prepare(
            files, Places.synthetic(samples, 10), root.resolve("images").toString());
    Path raw = EventFiles.folder(root.resolve("raw"), 6400, 800);
    WindowCut windows = new WindowCut(WindowCut.Unit.EVENTS, 400, 200, 400);
    DatasetSource recordings =
        Places.recordings(raw.toString(), windows, Aedat2Convention.DVS128, 0);
    events = Preparation.prepare(files, recordings, root.resolve("events").toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void sparkGivesTheBitsOfALoopWithoutIt(int shards) {
    SmallTraining training = SmallTraining.ofImages(images, 2, shards, 1, 2);

    assertThat(training.onSpark(spark)).isEqualTo(training.withoutSpark(spark));
  }

  @Test
  void weightsThatAreBroadcastGiveThemToo() {
    SmallTraining training = SmallTraining.ofImages(images, 2, 3, 1, 2);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());

    assertThat(training.onSpark(spark, context, Reduce.DRIVER, 0))
        .isEqualTo(training.withoutSpark(spark));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6})
  void slicesThatExecutorsAddGiveThemToo(int shards) {
    SmallTraining training = SmallTraining.ofImages(images, 2, shards, 1, 2);

    assertThat(training.onSpark(spark, Reduce.SLICED)).isEqualTo(training.withoutSpark(spark));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void threadsOfALocalMasterGiveTheBitsOfALoopToo(int shards) {
    SmallTraining training = SmallTraining.ofImages(images, 2, shards, 1, 2);

    assertThat(training.onCluster(spark)).isEqualTo(training.withoutSpark(spark));
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void sparkGivesTheBitsOfALoopWithoutItOnEventsToo(Unit unit) {
    SmallTraining training = SmallTraining.ofEvents(events, unit, 3, 1);

    assertThat(training.onSpark(spark)).isEqualTo(training.withoutSpark(spark));
  }

  @Test
  void batchOfEventsThatChangesAlikeIsAnotherTraining() {
    assertThat(SmallTraining.ofEvents(events, Unit.BATCH, 2, 1).onSpark(spark).parametersSha256())
        .isNotEqualTo(
            SmallTraining.ofEvents(events, Unit.SAMPLE, 2, 1).onSpark(spark).parametersSha256());
  }

  @Test
  void anotherNumberOfShardsIsAnotherTraining() {
    assertThat(SmallTraining.ofImages(images, 1, 1, 1, 1).onSpark(spark).parametersSha256())
        .isNotEqualTo(SmallTraining.ofImages(images, 1, 2, 1, 1).onSpark(spark).parametersSha256());
  }

  @Test
  void twoTrainingsAtOnceHaveTheBitsOfEachAlone() {
    SmallTraining first = SmallTraining.ofImages(images, 1, 2, 1, 3);
    SmallTraining second = SmallTraining.ofImages(images, 2, 3, 2, 3);

    CompletableFuture<MemoryRun.Bits> beside =
        CompletableFuture.supplyAsync(() -> first.onSpark(spark));
    MemoryRun.Bits secondAtOnce = second.onSpark(spark);
    MemoryRun.Bits firstAtOnce = beside.join();

    assertThat(firstAtOnce).isEqualTo(first.withoutSpark(spark));
    assertThat(secondAtOnce).isEqualTo(second.withoutSpark(spark));
  }

  @ParameterizedTest
  @EnumSource(Reduce.class)
  void nothingIsKeptAfterATraining(Reduce reduce) {
    Set<Integer> before = persistent();
    RecordingContext context = new RecordingContext(spark.sparkContext());

    SmallTraining.ofImages(images, 1, 1, 1, 2).onSpark(spark, context, reduce, 0);

    // Of what was there before, some may have been collected meanwhile.
    assertThat(before).containsAll(persistent());
    int task = 1;
    int steps = 2 * 4;
    int validations = 2;
    assertThat(context.broadcasts).hasSize(task + steps + validations);
    assertThat(context.broadcasts)
        .allSatisfy(b -> assertThatThrownBy(b::value).hasMessageContaining("was destroyed"));
  }

  private Set<Integer> persistent() {
    return Set.copyOf(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs().keySet());
  }

  /** Remembers what was broadcast, which also keeps Spark's cleaner away from it. */
  private static final class RecordingContext extends JavaSparkContext {
    private final List<Broadcast<?>> broadcasts = new ArrayList<>();

    RecordingContext(SparkContext spark) {
      super(spark);
    }

    @Override
    public <T> Broadcast<T> broadcast(T value) {
      Broadcast<T> broadcast = super.broadcast(value);
      broadcasts.add(broadcast);
      return broadcast;
    }
  }
}
