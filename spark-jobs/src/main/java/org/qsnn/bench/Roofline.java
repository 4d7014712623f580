package org.qsnn.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.qsnn.layer.Convolution2d;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.NativeRuntime;

/**
 * How fast the network's own convolutions alone are through ND4J in float32, one thread a core:
 * what a step would take if everything else were free.
 */
final class Roofline {
  private final NetworkSpec network;
  private final BenchmarkOptions options;

  Roofline(BenchmarkOptions options) {
    this.network = options.network();
    this.options = options;
  }

  /** Multiply-adds of all convolutions for one sample, forward, over all timesteps. */
  static double multiplyAdds(NetworkSpec network) {
    double sum = 0;
    for (Layer layer : network.layers()) {
      for (Convolution c : layer.convolutions()) {
        double taps = (double) c.inChannels() * c.kernel() * c.kernel();
        sum += taps * layer.neurons() * network.timesteps();
      }
    }
    return sum;
  }

  /** Samples a second of all forward convolutions. */
  double inference() {
    return samplesPerSecond(List.of(Pass.FORWARD));
  }

  /** Samples a second of all convolutions, forward and backward. */
  double training() {
    return samplesPerSecond(List.of(Pass.FORWARD, Pass.BACKWARD));
  }

  /** Seconds of one convolution's pass alone, on the calling thread. */
  static double seconds(Pass pass, Convolution convolution, int outputSize, int images) {
    try (Operands operands = new Operands()) {
      return Stopwatch.briefly(() -> run(pass, convolution, outputSize, images, operands));
    }
  }

  /** A convolution's direction. */
  enum Pass {
    FORWARD("forward", 1),
    BACKWARD("backward", 2);

    private final String key;
    private final int products;

    Pass(String key, int products) {
      this.key = key;
      this.products = products;
    }

    String key() {
      return key;
    }

    /** Products of the forward pass's size: backward gives two gradients. */
    int products() {
      return products;
    }
  }

  private double samplesPerSecond(List<Pass> passes) {
    ExecutorService threads = Executors.newFixedThreadPool(options.cores());
    List<Operands> operands = new ArrayList<>();
    for (int core = 0; core < options.cores(); core++) {
      operands.add(new Operands());
    }
    try {
      double seconds = Stopwatch.seconds(() -> runOnAll(threads, operands, passes));
      return options.batch() / seconds;
    } finally {
      threads.shutdownNow();
      operands.forEach(Operands::close);
    }
  }

  private void runOnAll(ExecutorService threads, List<Operands> operands, List<Pass> passes) {
    List<Callable<Object>> tasks = new ArrayList<>();
    for (Operands own : operands) {
      tasks.add(Executors.callable(() -> runAll(own, passes)));
    }
    try {
      // Until all have ended: whoever fails must not close what others still compute with.
      for (Future<Object> each : threads.invokeAll(tasks)) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void runAll(Operands operands, List<Pass> passes) {
    NativeRuntime.start();
    for (Layer layer : network.layers()) {
      for (Branch branch : layer.branches()) {
        if (branch instanceof Convolved convolved) {
          boolean isFirst = branch.source() == NetworkSpec.INPUT;
          int frames = isFirst ? options.frames() : network.timesteps();
          passes.forEach(
              pass ->
                  run(
                      pass,
                      convolved.convolution(),
                      layer.size(),
                      frames * options.shardBatch(),
                      operands));
        }
      }
    }
  }

  private static void run(Pass pass, Convolution c, int outputSize, int images, Operands operands) {
    int size = outputSize * c.stride();
    FloatTensor x = operands.tensor("x", images, c.inChannels(), size, size);
    FloatTensor w = operands.tensor("w", c.weightShape());
    FloatTensor y = operands.tensor("y", images, c.outChannels(), outputSize, outputSize);
    if (pass == Pass.FORWARD) {
      Convolution2d.forward(c, x, w, y);
    } else {
      FloatTensor xGradient = operands.tensor("dx", images, c.inChannels(), size, size);
      FloatTensor wGradient = operands.tensor("dw", c.weightShape());
      Convolution2d.backward(c, x, w, y, xGradient, wGradient);
    }
  }

  /** One thread's tensors, shared by all convolutions of the same shape. */
  private static final class Operands implements AutoCloseable {
    private final Map<String, FloatTensor> tensors = new HashMap<>();

    FloatTensor tensor(String role, int... shape) {
      return tensors.computeIfAbsent(
          role + Arrays.toString(shape),
          key -> {
            FloatTensor tensor = FloatTensor.allocate(shape);
            tensor.array().assign(1);
            return tensor;
          });
    }

    @Override
    public void close() {
      tensors.values().forEach(FloatTensor::close);
    }
  }
}
