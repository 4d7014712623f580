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
import org.qsnn.train.ShardGroups.Workers;

/**
 * What a group of shards computes in one step: the sum of their gradients in the shape of {@link
 * TreeSum}, of which at most one partial sum a level waits. As pure a function as {@link
 * ShardTask}.
 */
public final class GroupTask {
  private final ShardTask task;
  private final int first;
  private final int count;
  private final ShardGroups parts;
  private final int threads;

  /**
   * @param threads compute some of the group's shards each at a time, or one
   */
  public GroupTask(ShardTask task, ShardGroups groups, int group, int threads) {
    this.task = task;
    this.first = groups.first(group);
    this.count = groups.sizeOf(group);
    this.parts = ShardGroups.of(count, new Workers(threads, 1)).atMost(task.together());
    this.threads = Math.min(threads, parts.count());
  }

  /**
   * @param samples of the group's shards in order; asked for by the calling thread, for as many
   *     shards as are computed together and no earlier than a thread has nothing else to compute
   */
  public ShardGradient gradient(
      SynapticWeights weights, Iterator<Samples> samples, int epoch, int step) {
    long start = System.nanoTime();
    TreeSum sum = new TreeSum(parts.count());
    Part part =
        (index, of) -> {
          ShardGradient gradient = task.sum(weights, of, first + parts.first(index), epoch, step);
          synchronized (sum) {
            sum.add(index, gradient);
          }
        };
    if (threads == 1) {
      for (int i = 0; i < parts.count(); i++) {
        part.compute(i, next(samples, i));
      }
    } else {
      inThreads(part, samples);
    }
    return sum.total().took(System.nanoTime() - start);
  }

  private List<Samples> next(Iterator<Samples> samples, int part) {
    List<Samples> next = new ArrayList<>();
    for (int i = 0; i < parts.sizeOf(part); i++) {
      next.add(samples.next());
    }
    return next;
  }

  private interface Part {
    void compute(int index, List<Samples> samples);
  }

  private void inThreads(Part part, Iterator<Samples> samples) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Semaphore idle = new Semaphore(threads);
    List<Future<?>> results = new ArrayList<>();
    try {
      for (int i = 0; i < parts.count(); i++) {
        idle.acquire();
        int index = i;
        List<Samples> next = next(samples, i);
        results.add(
            pool.submit(
                () -> {
                  try {
                    part.compute(index, next);
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
