package org.qsnn.train;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.qsnn.network.ShardGradient;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;
import org.qsnn.train.ShardGroups.Workers;

/** Gradients without a cluster, computed by threads of this process or by the calling one. */
public final class LocalGradientSource implements GradientSource {
  private final ShardTask task;
  private final ShardGroups groups;
  private final IntFunction<Samples> samples;
  private final Executor executor;

  /**
   * @param samples of a shard; the thread that computes the shard asks for them in each step
   * @param threads of the executor
   * @param executor computes the shards, some of them together, whose gradients the calling thread
   *     adds as they come
   */
  public LocalGradientSource(
      ShardTask task, int shards, IntFunction<Samples> samples, int threads, Executor executor) {
    this.task = task;
    this.groups = ShardGroups.of(shards, new Workers(threads, 1)).atMost(task.together());
    this.samples = samples;
    this.executor = executor;
  }

  /** In the calling thread. */
  public LocalGradientSource(ShardTask task, List<Samples> shards) {
    this(task, shards.size(), List.copyOf(shards)::get, 1, Runnable::run);
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
   * What a group of shards has come to.
   *
   * @param gradient null if it failed or another did before it began
   */
  private record Arrival(int group, ShardGradient gradient) {}

  private final class Step {
    private final SynapticWeights weights;
    private final int epoch;
    private final int step;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final ArrivalSum sum = new ArrivalSum(groups.count());
    private volatile Throwable failure;

    Step(SynapticWeights weights, int epoch, int step) {
      this.weights = weights;
      this.epoch = epoch;
      this.step = step;
    }

    Sum sum() {
      int arrived = 0;
      for (int i = 0; i < groups.count(); i++) {
        int group = i;
        executor.execute(() -> arrivals.add(computed(group)));
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
          add(next);
          arrived++;
        }
      }
      for (; arrived < groups.count(); arrived++) {
        add(next());
      }
      if (failure != null) {
        throw thrown(failure);
      }
      return sum.sum();
    }

    private Arrival computed(int group) {
      ShardGradient gradient = null;
      if (failure == null) {
        try {
          gradient = gradient(group);
        } catch (RuntimeException | Error e) {
          failure = e;
        }
      }
      return new Arrival(group, gradient);
    }

    private ShardGradient gradient(int group) {
      long start = System.nanoTime();
      int first = groups.first(group);
      List<Samples> of =
          IntStream.range(first, first + groups.sizeOf(group)).mapToObj(samples).toList();
      return task.sum(weights, of, first, epoch, step).took(System.nanoTime() - start);
    }

    private void add(Arrival arrival) {
      if (arrival.gradient() != null) {
        sum.add(arrival.group(), arrival.gradient());
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
