package org.qsnn.train;

import java.io.Serializable;
import java.util.Locale;

/**
 * Shards in aligned groups of a power of two: the sum of a group in the shape of {@link
 * org.qsnn.network.TreeSum} is a node of the tree over all shards, so that a tree over the groups'
 * sums gives the bits of the tree over the shards.
 *
 * @param shards of a step
 * @param size shards of a group; the last one may have fewer
 */
public record ShardGroups(int shards, int size) implements Serializable {
  public ShardGroups {
    if (shards < 1) {
      throw new IllegalArgumentException("shards: must be at least 1; found " + shards);
    }
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size: must be a power of two; found " + size);
    }
  }

  /** The largest groups with which a step takes no longer than with shards alone. */
  public static ShardGroups of(int shards, Workers workers) {
    ShardGroups best = new ShardGroups(shards, 1);
    long leastTime = best.time(workers);
    // A node above the half of the shards would leave workers idle that a smaller one does not.
    for (int size = 2; size / 2 < shards && size > 0; size *= 2) {
      ShardGroups larger = new ShardGroups(shards, size);
      long time = larger.time(workers);
      if (time <= leastTime) {
        best = larger;
        leastTime = time;
      }
    }
    return best;
  }

  /**
   * The same in smaller groups, if need be.
   *
   * @param most shards of a group, a power of two
   */
  ShardGroups atMost(int most) {
    return new ShardGroups(shards, Math.min(size, most));
  }

  /**
   * Who computes groups.
   *
   * @param slots groups that are computed at a time
   * @param threads of each slot, each of which computes a shard
   */
  public record Workers(int slots, int threads) {
    public Workers {
      if (slots < 1 || threads < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "must be at least 1; found %d slots of %d threads", slots, threads));
      }
    }
  }

  /** Of a step, in shards one after the other. */
  private long time(Workers workers) {
    return (long) rounds(count(), workers.slots())
        * rounds(Math.min(size, shards), workers.threads());
  }

  private static int rounds(int parts, int atATime) {
    return (parts - 1) / atATime + 1;
  }

  public int count() {
    return rounds(shards, size);
  }

  /** The group's first shard. */
  public int first(int group) {
    return group * size;
  }

  /** Shards in a group. */
  public int sizeOf(int group) {
    return Math.min(size, shards - first(group));
  }
}
