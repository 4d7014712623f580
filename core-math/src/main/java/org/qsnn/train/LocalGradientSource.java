package org.qsnn.train;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import org.qsnn.network.ShardGradient;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;

/** Gradients without a cluster, computed by threads of this process or by the calling one. */
public final class LocalGradientSource implements GradientSource {
  private final ShardTask task;
  private final int shards;
  private final IntFunction<Samples> samples;
  private final Executor executor;

  /**
   * @param samples of a shard; the thread that computes the shard asks for them in each step
   * @param executor computes the shards, whose gradients the calling thread adds as they come
   */
  public LocalGradientSource(
      ShardTask task, int shards, IntFunction<Samples> samples, Executor executor) {
    this.task = task;
    this.shards = shards;
    this.samples = samples;
    this.executor = executor;
  }

  /** One shard after the other in the calling thread. */
  public LocalGradientSource(ShardTask task, List<Samples> shards) {
    this(task, shards.size(), List.copyOf(shards)::get, Runnable::run);
  }

  @Override
  public Sum gradient(SynapticWeights weights, int epoch, int step) {
    return new Step(weights, epoch, step).sum();
  }

  @Override
  public void close() {
    task.release();
  }

  /**
   * What a shard has come to.
   *
   * @param gradient null if it failed or another did before it began
   */
  private record Arrival(int shard, ShardGradient gradient) {}

  private final class Step {
    private final SynapticWeights weights;
    private final int epoch;
    private final int step;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final ArrivalSum sum = new ArrivalSum(shards);
    private volatile Throwable failure;

    Step(SynapticWeights weights, int epoch, int step) {
      this.weights = weights;
      this.epoch = epoch;
      this.step = step;
    }

    Sum sum() {
      int arrived = 0;
      for (int i = 0; i < shards; i++) {
        int shard = i;
        executor.execute(() -> arrivals.add(computed(shard)));
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
          add(next);
          arrived++;
        }
      }
      for (; arrived < shards; arrived++) {
        add(next());
      }
      if (failure != null) {
        throw thrown(failure);
      }
      return sum.sum();
    }

    private Arrival computed(int shard) {
      ShardGradient gradient = null;
      if (failure == null) {
        try {
          gradient = task.gradient(weights, samples.apply(shard), shard, epoch, step);
        } catch (RuntimeException | Error e) {
          failure = e;
        }
      }
      return new Arrival(shard, gradient);
    }

    private void add(Arrival arrival) {
      if (arrival.gradient() != null) {
        sum.add(arrival.shard(), arrival.gradient());
      }
    }

    private Arrival next() {
      try {
        return arrivals.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (CancellationException)
            new CancellationException("interrupted while waiting for a step's gradients")
                .initCause(e);
      }
    }
  }

  private static RuntimeException thrown(Throwable failure) {
    if (failure instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) failure;
  }
}
