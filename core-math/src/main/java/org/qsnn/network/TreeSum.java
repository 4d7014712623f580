package org.qsnn.network;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The sum over shards in one fixed shape: a binary tree over the shard index, whatever the order in
 * which shards arrive. Siblings are added as soon as both are there; in order of the index at most
 * one partial sum a level waits. At each level node i is the sum of nodes 2i and 2i+1 below it; a
 * last node without a sibling moves up as it is.
 */
public final class TreeSum {
  private final int shards;
  private final Map<Integer, Map<Integer, ShardGradient>> waiting = new HashMap<>();
  private final BitSet arrived = new BitSet();
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
    Objects.checkIndex(shard, shards);
    if (arrived.get(shard)) {
      throw new IllegalStateException("shard " + shard + " was added twice");
    }
    arrived.set(shard);
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
          row.put(node, sum);
          return;
        }
        sum = (node & 1) == 0 ? sum.plus(sibling) : sibling.plus(sum);
      }
      node >>= 1;
      width = (width + 1) / 2;
      level++;
    }
    total = sum;
  }

  /**
   * @throws IllegalStateException if shards are missing
   */
  public ShardGradient total() {
    if (total == null) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "%d of %d shards have arrived", arrived.cardinality(), shards));
    }
    return total;
  }
}
