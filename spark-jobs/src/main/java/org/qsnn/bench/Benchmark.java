package org.qsnn.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.distributed.SparkEvaluator;
import org.qsnn.distributed.SparkGradientSource;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.network.ModelPacker;
import org.qsnn.network.ShardGradient;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.Samples;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.InitialState;
import org.qsnn.train.ShardTask;
import org.qsnn.train.TrainingOptions;
import org.qsnn.train.TrainingStep;
import scala.reflect.ClassTag$;

/**
 * Speed of one network on this machine, through Spark as in a run: training counts whole steps
 * (WS-DR, packing, tasks, tree sum, WS-DR backward, optimizer), inference runs the packed model.
 */
public final class Benchmark {
  /** λ of the paper. */
  static final double LAMBDA = 0.005;

  /** Batches of one core in one inference job, so that starting it does not count. */
  private static final int BATCHES = 4;

  /** Steps whose median counts. */
  private static final int PROFILED_STEPS = 15;

  private final JavaSparkContext spark;
  private final BenchmarkOptions options;
  private final NetworkSpec network;
  private final NetworkLayout layout;
  private final RandomSamples random;

  public Benchmark(SparkSession spark, BenchmarkOptions options) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.options = options;
    this.network = options.network();
    this.layout = NetworkLayout.of(network);
    this.random = new RandomSamples(options.frames(), network.inputChannels(), network.inputSize());
  }

  public BenchmarkResult training() {
    return result("train", trainingSpeed(), 3, new Roofline(options).training());
  }

  public BenchmarkResult inference() {
    return result("infer", inferenceSpeed(), 1, new Roofline(options).inference());
  }

  /** Both speeds without the roofline; no job runs when it returns. */
  public Throughput speeds() {
    return new Throughput(trainingSpeed(), inferenceSpeed());
  }

  private double trainingSpeed() {
    return withTraining(step -> options.batch() / Stopwatch.seconds(step));
  }

  /** What a step is made of beside its tasks, once it has been repeated until it is fast. */
  public StepProfile step() {
    return withTraining(this::profile);
  }

  private StepProfile profile(Runnable step) {
    Stopwatch.seconds(step);
    TaskTimes times = new TaskTimes(PROFILED_STEPS * options.cores());
    spark.sc().addSparkListener(times);
    double[] seconds = new double[PROFILED_STEPS];
    for (int i = 0; i < seconds.length; i++) {
      long start = System.nanoTime();
      step.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    double[] taskSeconds = times.seconds();
    spark.sc().removeSparkListener(times);
    return StepProfile.of(
        seconds,
        taskSeconds,
        serializedBytes(
            new WeightQuantizer(layout).quantize(InitialState.of(layout, 1).parameters())),
        serializedBytes(gradient()),
        (long) Float.BYTES * layout.parameters().size());
  }

  private ShardGradient gradient() {
    double[] rates = new double[network.layers().size() * network.timesteps()];
    return ShardGradient.of(
        new float[layout.parameters().size()],
        new float[layout.statistics().size()],
        new ShardGradient.Batch(0, 0, rates, 0, 0),
        null);
  }

  private static long serializedBytes(Object value) {
    return SparkEnv.get()
        .serializer()
        .newInstance()
        .serialize(value, ClassTag$.MODULE$.apply(Object.class))
        .remaining();
  }

  private <T> T withTraining(Function<Runnable, T> measure) {
    TrainingOptions training =
        new TrainingOptions(
            1,
            options.batch(),
            1,
            options.cores(),
            options.shardBatch(),
            0.1,
            Sgd.standard(),
            Duration.ofDays(1));
    ShardTask task = new ShardTask(network, random, training.plan(), LAMBDA);
    JavaRDD<Samples> shards = shards(options.shardBatch());
    try (SparkGradientSource gradients = new SparkGradientSource(spark, shards, task)) {
      TrainingStep step = new TrainingStep(layout, training, gradients);
      TrainingState state = InitialState.of(layout, training.seed());
      return measure.apply(() -> step.take(state, 0));
    } finally {
      shards.unpersist();
    }
  }

  private double inferenceSpeed() {
    int perCore = BATCHES * InferenceNetwork.batchSize(network);
    JavaRDD<Samples> shards = shards(perCore);
    try {
      SparkEvaluator evaluator = new SparkEvaluator(spark, shards, new EvaluationTask(random));
      PackedModel model = model();
      double seconds = Stopwatch.seconds(() -> evaluator.evaluate(model));
      return perCore * options.cores() / seconds;
    } finally {
      shards.unpersist();
    }
  }

  private JavaRDD<Samples> shards(int samples) {
    List<Samples> shards = new ArrayList<>();
    for (int core = 0; core < options.cores(); core++) {
      shards.add(random.draw(samples, network.classes()));
    }
    JavaRDD<Samples> rdd = spark.parallelize(shards, options.cores()).cache();
    rdd.count();
    return rdd;
  }

  private PackedModel model() {
    TrainingState state = InitialState.of(layout, 1);
    return ModelPacker.pack(
        layout,
        new WeightQuantizer(layout).quantize(state.parameters()),
        state.parameters(),
        state.statistics(),
        ModelDescription.of(Map.of()));
  }

  private BenchmarkResult result(
      String what, double samplesPerSecond, int passes, double roofline) {
    double operations = 2 * passes * Roofline.multiplyAdds(network);
    return new BenchmarkResult(
        what,
        options,
        samplesPerSecond,
        samplesPerSecond * operations / 1e9,
        samplesPerSecond / roofline);
  }
}
