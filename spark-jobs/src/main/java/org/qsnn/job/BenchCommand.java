package org.qsnn.job;

import java.io.PrintWriter;
import org.qsnn.bench.Benchmark;
import org.qsnn.bench.BenchmarkOptions;
import org.qsnn.bench.BenchmarkResult;
import org.qsnn.model.Architectures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code qsnn bench} */
@Command(
    name = "bench",
    description = {
      "Measures training and inference on random data, beside the roofline of this machine.",
      "",
      "A training step is a whole step on Spark; the roofline is the network's own convolutions"
          + " alone through ND4J, measured in the same call."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn bench --width-factor 1/8 --batch 64",
      "  qsnn bench --network vggsnn --timesteps 10 --batch 4 --json"
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--network",
      defaultValue = "resnet19",
      description = "resnet19 or vggsnn; default ${DEFAULT-VALUE}")
  private String network;

  @Option(
      names = "--width-factor",
      defaultValue = "1",
      converter = Ratio.class,
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
      description = "Tasks at a time, one native thread each; default ${DEFAULT-VALUE}")
  private int cores;

  @Option(names = "--json", description = "Print one JSON object a line instead of text.")
  private boolean json;

  @Override
  public void run() {
    BenchmarkOptions options =
        new BenchmarkOptions(Architectures.named(network), widthFactor, timesteps, batch, cores);
    try (Session session = Session.local("bench", cores)) {
      Benchmark benchmark = new Benchmark(session.spark(), options);
      print(benchmark.training());
      print(benchmark.inference());
    }
  }

  private void print(BenchmarkResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? result.json() : result.text());
    out.flush();
  }
}
