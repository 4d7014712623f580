package org.qsnn.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.qsnn.layer.BatchNormalization;
import org.qsnn.layer.BatchNormalization.Statistics;
import org.qsnn.neuron.ChannelSums;
import org.qsnn.neuron.Current;
import org.qsnn.neuron.LifGradient;
import org.qsnn.neuron.LifKernel;
import org.qsnn.neuron.LifLayer;
import org.qsnn.neuron.MembraneScale;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.FloatTanh;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.RandomStream;

/**
 * What goes over activations, on a layer of 128 channels of 32×32 with an 8-bit membrane:
 * nanoseconds an element and timestep.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NeuronBenchmark {
  private static final int TIMESTEPS = 2;
  private static final int BATCH = 8;
  private static final int CHANNELS = 128;
  private static final int SIZE = 32;
  private static final int BITS = 8;
  private static final int STEP = BATCH * CHANNELS * SIZE * SIZE;
  private static final int ELEMENTS = TIMESTEPS * STEP;
  private static final int SOME = 4096;

  private final LifKernel kernel = new LifKernel();
  private final float[] scales = new float[TIMESTEPS - 1];
  private LifLayer layer;
  private LifGradient gradient;
  private FloatTensor y;
  private float[] some;

  @Setup
  public void prepare() {
    NativeRuntime.start();
    y = tensor(TIMESTEPS);
    RandomStream random = RandomStream.of(1);
    float[] values = new float[ELEMENTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = 3 * random.nextFloat() - 1;
    }
    y.write(values);
    some = Arrays.copyOf(values, SOME);
    float[] ones = new float[CHANNELS];
    Arrays.fill(ones, 1f);
    Current current = new Current(y, STEP, ones, new float[CHANNELS], new float[CHANNELS]);
    layer =
        new LifLayer(
            TIMESTEPS,
            BATCH,
            CHANNELS,
            SIZE * SIZE,
            MembraneScale.levels(BITS),
            current,
            null,
            new float[STEP],
            new BitTensor(TIMESTEPS * BATCH, CHANNELS, SIZE, SIZE));
    gradient = new LifGradient(y, null, 1e-3f, tensor(TIMESTEPS));
    lifForward();
  }

  private static FloatTensor tensor(int timesteps) {
    return FloatTensor.allocate(timesteps * BATCH, CHANNELS, SIZE, SIZE);
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long lifForward() {
    long spikes = 0;
    MembraneScale carried = MembraneScale.NONE;
    for (int t = 0; t < TIMESTEPS; t++) {
      LifKernel.LifStep step = kernel.forward(layer, t, carried);
      carried = MembraneScale.of(step.largest(), BITS);
      if (t < scales.length) {
        scales[t] = step.largest();
      }
      spikes += step.spikes();
    }
    return spikes;
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public ChannelSums lifBackward() {
    return kernel.backward(layer, scales, gradient);
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public Statistics batchStatistics() {
    return BatchNormalization.statistics(y, 1);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public float tanh() {
    float sum = 0;
    for (float value : some) {
      sum += FloatTanh.tanh(value);
    }
    return sum;
  }
}
