package org.qsnn.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.distributed.ClusterGradients;
import org.qsnn.distributed.SparkEvaluator;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.network.LossTerms;
import org.qsnn.network.ModelPacker;
import org.qsnn.network.ShardGradient;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.sample.RandomSamples;
import org.qsnn.sample.Samples;
import org.qsnn.train.EarlyEpochs;
import org.qsnn.train.EvaluationTask;
import org.qsnn.train.GradientSource;
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
  static final LossTerms LOSS = LossTerms.of(0.005);

  /** Batches of one core in the shortest evaluation that is measured. */
  private static final int BATCHES = 4;

  /** The first evaluation is measured that takes so long and is not one of the first. */
  private static final double SHORTEST_SECONDS = 0.7;

  private static final int FEWEST_TURNS = 3;

  /** Within what tanh leaves. */
  private static final float MEMBRANE_SCALE = 0.9f;

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
    return withTraining(training -> options.batch() / Stopwatch.seconds(training.step()));
  }

  /** What a step is made of beside its tasks, once it has been repeated until it is fast. */
  public StepProfile step() {
    return withTraining(this::profile);
  }

  /**
   * Three epochs of a training that nothing went before, in a process whose loops are not compiled.
   *
   * @param samples of an epoch, at least; whole batches
   */
  public StartProfile start(int samples) {
    int steps = StartProfile.EPOCHS * ((samples + options.batch() - 1) / options.batch());
    return withTraining(
        training -> {
          double[] seconds = new double[steps];
          for (int i = 0; i < steps; i++) {
            long start = System.nanoTime();
            training.step().run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
          }
          return StartProfile.of(spark.master(), options.batch(), seconds);
        });
  }

  /**
   * @param longest how long the longest task of the last step computed
   * @param taskBytes {@link ShardTask#workspaceBytes} of this process
   */
  private record Training(Runnable step, DoubleSupplier longest, LongSupplier taskBytes) {}

  private StepProfile profile(Training training) {
    Stopwatch.seconds(training.step());
    double[] seconds = new double[PROFILED_STEPS];
    double[] taskSeconds = new double[PROFILED_STEPS];
    for (int i = 0; i < seconds.length; i++) {
      long start = System.nanoTime();
      training.step().run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
      taskSeconds[i] = training.longest().getAsDouble();
    }
    return StepProfile.of(
        seconds,
        taskSeconds,
        training.taskBytes().getAsLong(),
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

  private <T> T withTraining(Function<Training, T> measure) {
    TrainingOptions training =
        new TrainingOptions(
            1,
            options.batch(),
            1,
            options.cores(),
            options.shardBatch(),
            Descent.of(Sgd.standard(), 0.1),
            Duration.ofDays(1));
    ShardTask task =
        new ShardTask(network, random, training.plan(), LOSS, options.backward(), EarlyEpochs.NONE);
    JavaRDD<Samples> shards = shards(options.shardBatch());
    double[] longest = new double[1];
    try (GradientSource gradients = ClusterGradients.of(spark, shards, task)) {
      GradientSource timed =
          (weights, epoch, step) -> {
            GradientSource.Sum sum = gradients.gradient(weights, epoch, step);
            longest[0] = sum.longestSeconds();
            return sum;
          };
      TrainingStep step = new TrainingStep(layout, training, timed);
      TrainingState state = InitialState.of(layout, training.seed());
      return measure.apply(
          new Training(() -> step.take(state, 0), () -> longest[0], task::workspaceBytes));
    } finally {
      shards.unpersist();
    }
  }

  /**
   * Of an evaluation that takes about a second, as a test set takes longer than a job's own time.
   * How many samples that are is found out in some turns, while the compiler works.
   */
  private double inferenceSpeed() {
    int perCore = BATCHES * InferenceNetwork.batchSize(network);
    double seconds = evaluationSeconds(perCore);
    for (int turn = 1; turn < FEWEST_TURNS || seconds < SHORTEST_SECONDS; turn++) {
      perCore *= (int) Math.ceil(1 / seconds);
      seconds = evaluationSeconds(perCore);
    }
    return perCore * options.cores() / seconds;
  }

  private double evaluationSeconds(int perCore) {
    JavaRDD<Samples> shards = shards(perCore);
    try {
      SparkEvaluator evaluator = new SparkEvaluator(spark, shards, new EvaluationTask(random));
      PackedModel model = model();
      return Stopwatch.seconds(() -> evaluator.evaluate(model));
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

  /** With membranes that carry something: the scales of an untrained network are 0. */
  private PackedModel model() {
    TrainingState state = InitialState.of(layout, 1);
    Parameters statistics = state.statistics();
    for (Window scales : layout.membraneScales()) {
      Arrays.fill(statistics.values(), scales.offset(), scales.end(), MEMBRANE_SCALE);
    }
    return ModelPacker.pack(
        layout,
        new WeightQuantizer(layout).quantize(state.parameters()),
        state.parameters(),
        statistics,
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
