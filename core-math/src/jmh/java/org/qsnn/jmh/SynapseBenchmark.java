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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.qsnn.binary.BinaryConvolution;
import org.qsnn.binary.ConvolutionPlan;
import org.qsnn.layer.DenseSynapses;
import org.qsnn.layer.Synapses;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.RandomStream;
import org.qsnn.tensor.Workspace;

/** A 3×3 convolution of 16 images, in both forms: milliseconds a pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SynapseBenchmark {
  private static final int IMAGES = 16;
  private static final double FIRING_RATE = 0.2;

  /** Channels × extent. */
  @Param({"128x32", "256x16", "512x8", "16x32"})
  public String shape;

  @Param({"binary", "dense"})
  public String form;

  private Workspace workspace;
  private Synapses synapses;
  private Activation x;
  private FloatTensor y;
  private FloatTensor dx;
  private float[] dw;

  @Setup
  public void prepare() {
    NativeRuntime.start();
    int channels = Integer.parseInt(shape.split("x")[0]);
    int size = Integer.parseInt(shape.split("x")[1]);
    workspace = new Workspace();
    y = workspace.take(IMAGES, channels, size, size);
    dx = workspace.take(y.shape());
    RandomStream random = RandomStream.of(1);
    float[] spikes = new float[y.size()];
    float[] gradient = new float[y.size()];
    for (int i = 0; i < spikes.length; i++) {
      spikes[i] = random.nextDouble() < FIRING_RATE ? 1 : 0;
      gradient[i] = random.nextFloat() - 0.5f;
    }
    x = BitTensor.of(spikes, y.shape());
    y.write(gradient);
    prepareSynapses(channels, size, random);
  }

  private void prepareSynapses(int channels, int size, RandomStream random) {
    Convolution convolution = new Convolution("c", channels, channels, 3, 1, 1, false, false);
    dw = new float[channels * channels * 9];
    byte[] bits = new byte[(dw.length + 7) / 8];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) random.nextInt(256);
    }
    QuantizedTensor weights =
        QuantizedTensor.binary("c", convolution.weightShape(), bits, new byte[channels]);
    synapses =
        form.equals("binary")
            ? new BinaryConvolution(new ConvolutionPlan(convolution, 1, size), weights)
            : new DenseSynapses(convolution, weights.dequantize());
  }

  @TearDown
  public void free() {
    workspace.close();
  }

  @Benchmark
  public FloatTensor forward() {
    synapses.forward(x, y, null, workspace);
    return y;
  }

  /** What forward left in y, or at first random numbers, serves as the gradient. */
  @Benchmark
  public float[] backward() {
    synapses.backward(x, y, dx, dw, 0, workspace);
    return dw;
  }
}
