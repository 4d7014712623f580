package org.qsnn.job;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.qsnn.ConfigurationException;
import org.qsnn.bench.Benchmark;
import org.qsnn.bench.BenchmarkOptions;
import org.qsnn.bench.BenchmarkResult;
import org.qsnn.bench.ComparedCommand;
import org.qsnn.bench.Comparison;
import org.qsnn.bench.Comparison.Pair;
import org.qsnn.bench.KernelBenchmark;
import org.qsnn.bench.KernelReport;
import org.qsnn.bench.ScaleBenchmark;
import org.qsnn.bench.ScaleReport;
import org.qsnn.bench.StartProfile;
import org.qsnn.bench.StepProfile;
import org.qsnn.bench.Throughput;
import org.qsnn.model.Architectures;
import org.qsnn.run.Processor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code qsnn bench} */
@Command(
    name = "bench",
    description = {
      "Measures training and inference on random data, and compares them with the roofline of this machine.",
      "",
      "A training step is a whole step on Spark; the roofline is the network's own convolutions"
          + " alone through ND4J, measured in the same call. With --compare-with, another program takes the roofline's place: the two run alternately, and the last line is one JSON object with the medians and the ratios. With --kernels, a step of one task is broken down by kernel. With --scale, steps whose tasks compute nothing show what a cluster costs. With --start, trainings that nothing went before show how fast they are from the beginning."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn bench --width-factor 1/8 --batch 64",
      "  qsnn bench --network vggsnn --timesteps 10 --batch 4 --json",
      "  qsnn bench --width-factor 1/8 --batch 64 --scale",
      "  qsnn bench --width-factor 1/8 --batch 64 --start",
      "  qsnn bench --compare-with 'python3 other.py bench --threads 2'"
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @ParentCommand private Main main;

  @Option(
      names = "--network",
      defaultValue = "resnet19",
      description =
          "A named architecture, such as resnet19, vgg16 or vggsnn; default ${DEFAULT-VALUE}.")
  private String network;

  @Option(
      names = "--width-factor",
      defaultValue = "1",
      converter = RatioConverter.class,
      description = "Factor on every layer's channels, as 0.125 or 1/8; default ${DEFAULT-VALUE}")
  private double widthFactor;

  @Option(
      names = "--timesteps",
      defaultValue = "2",
      description = "Simulation timesteps; default ${DEFAULT-VALUE}")
  private int timesteps;

  @Option(
      names = "--batch",
      defaultValue = "16",
      description = "Global batch, split over the cores; default ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--cores",
      defaultValue = "2",
      description = "Parallel tasks, one native thread each; default ${DEFAULT-VALUE}")
  private int cores;

  @Option(
      names = "--gradient-bits",
      defaultValue = "32",
      description =
          "Of the sums of gradients, as train.gradient-bits: 32 or 16; default ${DEFAULT-VALUE}")
  private int gradientBits;

  @Option(names = "--json", description = "Print one JSON object per line instead of text.")
  private boolean json;

  @Option(
      names = "--compare-with",
      paramLabel = "COMMAND",
      description =
          "Another program, for bash, that prints a line of JSON with train_samples_per_s and"
              + " infer_samples_per_s")
  private String otherCommand;

  @Option(
      names = "--pairs",
      defaultValue = "3",
      description = "Runs of each program with --compare-with; default ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      defaultValue = "1800",
      description = "Time limit of one run of COMMAND; default ${DEFAULT-VALUE}")
  private int deadline;

  @Option(
      names = "--kernels",
      description =
          "Show each kernel's time on one thread in a task's step, its share, and its throughput")
  private boolean kernels;

  @Option(
      names = "--scale",
      description =
          "Show what a step costs beside its tasks, through --cores executors of this machine or"
              + " those of the cluster that --master names, and what follows for larger clusters")
  private boolean scale;

  @Option(
      names = "--start",
      paramLabel = "SAMPLES",
      arity = "0..1",
      fallbackValue = "4000",
      description =
          "Show how fast a first epoch of SAMPLES (default 4000) is beside the third, in this"
              + " process and then through executors as --scale takes them")
  private Integer start;

  @Override
  public void run() {
    BenchmarkOptions options =
        new BenchmarkOptions(
            Architectures.named(network), widthFactor, timesteps, batch, cores, gradientBits);
    requireOneOf();
    if (scale) {
      try (Session session = main.process().executorSession("bench", cores)) {
        ScaleReport report = new ScaleBenchmark(session.spark(), options).measure();
        (json ? report.json() : report.text()).forEach(this::print);
      }
      return;
    }
    if (kernels) {
      KernelReport report = new KernelBenchmark(options).measure();
      (json ? report.json() : report.text()).forEach(this::print);
      return;
    }
    if (start != null) {
      requirePositive("--start", start);
      try (Session session = main.process().localSession("bench", cores)) {
        start(session, options);
      }
      try (Session session = main.process().executorSession("bench", cores)) {
        start(session, options);
      }
      return;
    }
    requirePositive("--pairs", pairs);
    requirePositive("--deadline", deadline);
    try (Session session = main.process().localSession("bench", cores)) {
      Benchmark benchmark = new Benchmark(session.spark(), options);
      if (otherCommand == null) {
        measure(benchmark, options);
      } else {
        compare(benchmark, options);
      }
    }
  }

  private void start(Session session, BenchmarkOptions options) {
    StartProfile profile = new Benchmark(session.spark(), options).start(start);
    print(json ? profile.json(options) : profile.text());
  }

  private void requireOneOf() {
    List<String> given = new ArrayList<>();
    if (kernels) {
      given.add("--kernels");
    }
    if (scale) {
      given.add("--scale");
    }
    if (start != null) {
      given.add("--start");
    }
    if (otherCommand != null) {
      given.add("--compare-with");
    }
    if (given.size() > 1) {
      throw new ConfigurationException(
          String.join(" and ", given) + " exclude each other; found both, give one");
    }
  }

  private void measure(Benchmark benchmark, BenchmarkOptions options) {
    // First, because the rooflines need memory that a training does not.
    StepProfile step = benchmark.step();
    print(json ? step.json(options) : step.text());
    BenchmarkResult training = benchmark.training();
    print(json ? training.json() : training.text());
    BenchmarkResult inference = benchmark.inference();
    print(json ? inference.json() : inference.text());
  }

  private void compare(Benchmark benchmark, BenchmarkOptions options) {
    ComparedCommand other = new ComparedCommand(otherCommand, Duration.ofSeconds(deadline));
    List<Pair> measured = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      Throughput own = benchmark.speeds();
      Pair pair = new Pair(own, other.run());
      measured.add(pair);
      print(json ? pair.json() : pair.text());
    }
    Processor processor = Processor.ofThisMachine();
    print(
        new Comparison(options, otherCommand, processor.model(), processor.cores(), measured)
            .json());
  }

  private static void requirePositive(String option, int found) {
    if (found < 1) {
      throw new ConfigurationException(option + ": must be at least 1; found " + found);
    }
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
