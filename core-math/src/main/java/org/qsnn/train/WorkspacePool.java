package org.qsnn.train;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.Workspace;

/**
 * Workspaces that tasks check out and bring back: never tied to a thread, since the twin of a
 * speculative task may still run in it.
 */
final class WorkspacePool {
  private final ConcurrentLinkedQueue<Workspace> free = new ConcurrentLinkedQueue<>();

  /**
   * Computes with a workspace that nobody else uses, on one native thread. One whose computation
   * failed is freed: nobody knows which of its scratch is in use.
   */
  <T> T with(Function<Workspace, T> computation) {
    NativeRuntime.start();
    Workspace workspace = free.poll();
    if (workspace == null) {
      workspace = new Workspace();
    }
    T result;
    try {
      result = computation.apply(workspace);
    } catch (RuntimeException | Error failure) {
      workspace.close();
      throw failure;
    }
    free.add(workspace);
    return result;
  }

  /** Bytes that the largest of the workspaces holds which nobody uses. */
  long largestBytes() {
    return free.stream().mapToLong(w -> w.bytes() + w.heapBytes()).max().orElse(0);
  }

  /** Frees the workspaces that nobody uses; those in use are freed when nobody refers to them. */
  void close() {
    for (Workspace workspace = free.poll(); workspace != null; workspace = free.poll()) {
      workspace.close();
    }
  }
}
