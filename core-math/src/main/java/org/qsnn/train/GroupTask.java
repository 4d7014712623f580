package org.qsnn.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.TreeSum;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.Samples;

/**
 * What a group of shards computes in one step: the sum of their gradients in the shape of {@link
 * TreeSum}, of which at most one partial sum a level waits. As pure a function as {@link
 * ShardTask}.
 */
public final class GroupTask {
  private final ShardTask task;
  private final int first;
  private final int count;
  private final int threads;

  /**
   * @param threads compute a shard each at a time
   */
  public GroupTask(ShardTask task, ShardGroups groups, int group, int threads) {
    this.task = task;
    this.first = groups.first(group);
    this.count = groups.sizeOf(group);
    this.threads = Math.min(threads, count);
  }

  /**
   * @param samples of the group's shards in order; asked for by the calling thread, one by one and
   *     no earlier than a thread has nothing else to compute
   */
  public ShardGradient gradient(
      SynapticWeights weights, Iterator<Samples> samples, int epoch, int step) {
    long start = System.nanoTime();
    TreeSum sum = new TreeSum(count);
    Shard shard =
        (index, of) -> {
          ShardGradient gradient = task.gradient(weights, of, first + index, epoch, step);
          synchronized (sum) {
            sum.add(index, gradient);
          }
        };
    if (threads == 1) {
      for (int i = 0; i < count; i++) {
        shard.compute(i, samples.next());
      }
    } else {
      inThreads(shard, samples);
    }
    return sum.total().took(System.nanoTime() - start);
  }

  private interface Shard {
    void compute(int index, Samples samples);
  }

  private void inThreads(Shard shard, Iterator<Samples> samples) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Semaphore idle = new Semaphore(threads);
    List<Future<?>> results = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        idle.acquire();
        int index = i;
        Samples next = samples.next();
        results.add(
            pool.submit(
                () -> {
                  try {
                    shard.compute(index, next);
                  } finally {
                    idle.release();
                  }
                }));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("interrupted while a group of shards was computed")
              .initCause(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static RuntimeException thrown(Throwable failure) {
    if (failure instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) failure;
  }
}
