package org.qsnn.network;

import java.util.HashMap;
import java.util.Map;

/**
 * The sum over shards in one fixed shape: a binary tree over the shard index, whatever the order in
 * which shards arrive. Siblings are added as soon as both are there, so at most one partial sum a
 * level waits. At each level node i is the sum of nodes 2i and 2i+1 below it; a last node without a
 * sibling moves up as it is.
 */
public final class TreeSum {
  private final int shards;
  private final Map<Integer, Map<Integer, ShardGradient>> waiting = new HashMap<>();
  private ShardGradient total;

  public TreeSum(int shards) {
    this.shards = shards;
  }

  /**
   * Adds one shard's gradient, which is used up.
   *
   * @throws IllegalStateException if that shard was added before
   */
  public void add(int shard, ShardGradient gradient) {
    int width = shards;
    int node = shard;
    int level = 0;
    ShardGradient sum = gradient;
    while (width > 1) {
      boolean hasSibling = (node ^ 1) < width;
      if (hasSibling) {
        Map<Integer, ShardGradient> row = waiting.computeIfAbsent(level, l -> new HashMap<>());
        ShardGradient sibling = row.remove(node ^ 1);
        if (sibling == null) {
          put(row, node, sum, shard);
          return;
        }
        sum = (node & 1) == 0 ? sum.plus(sibling) : sibling.plus(sum);
      }
      node >>= 1;
      width = (width + 1) / 2;
      level++;
    }
    if (total != null) {
      throw new IllegalStateException("shard " + shard + " was added twice");
    }
    total = sum;
  }

  private static void put(Map<Integer, ShardGradient> row, int node, ShardGradient sum, int shard) {
    if (row.put(node, sum) != null) {
      throw new IllegalStateException("shard " + shard + " was added twice");
    }
  }

  /**
   * @throws IllegalStateException if shards are missing
   */
  public ShardGradient total() {
    if (total == null || total.shards() != shards) {
      throw new IllegalStateException("not all of " + shards + " shards have arrived");
    }
    return total;
  }
}
