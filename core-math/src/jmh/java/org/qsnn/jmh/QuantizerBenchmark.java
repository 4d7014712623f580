package org.qsnn.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.qsnn.model.Architectures;
import org.qsnn.model.WeightScheme;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterInitializer;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;

/** The driver's quantization of all weights of ResNet-19, on all cores: milliseconds a step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QuantizerBenchmark {
  @Param({"128", "16"})
  public int width;

  private WeightQuantizer quantizer;
  private Parameters latent;

  @Setup
  public void prepare() {
    NetworkLayout layout =
        NetworkLayout.of(
            Architectures.RESNET19.spec(width, 2, 3, 32, 10, WeightScheme.REGULATED, 8));
    quantizer = new WeightQuantizer(layout);
    latent = ParameterInitializer.parameters(layout, 1);
  }

  @Benchmark
  public SynapticWeights quantize() {
    return quantizer.quantize(latent);
  }
}
