package org.qsnn.search;

import java.util.OptionalLong;
import org.qsnn.tensor.RandomStream;

/** All points of a countable space. */
public final class GridSearch implements Search {
  private static final long PURPOSE = 0x73656172_6368_0004L;

  private final Space space;

  /** Places in the grid; null if they come one after the other. */
  private final int[] order;

  private GridSearch(Space space, int[] order) {
    this.space = space;
    this.order = order;
  }

  /** The last dimension changes fastest. */
  public static GridSearch inOrder(Space space) {
    return new GridSearch(space, null);
  }

  /**
   * In an order that is drawn. Where few of the first results decide what is trained further, as in
   * {@link Halving}, an order in which each is better than those before would promote them all.
   *
   * @throws IllegalArgumentException if the space is not countable, or has too many points for an
   *     order
   */
  public static GridSearch shuffled(Space space, long seed) {
    OptionalLong size = space.size();
    if (size.isEmpty() || size.getAsLong() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a grid needs a countable space");
    }
    int[] order = new int[(int) size.getAsLong()];
    RandomStream random = RandomStream.of(seed, PURPOSE);
    for (int i = 0; i < order.length; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return new GridSearch(space, order);
  }

  @Override
  public Point draw(int number, int attempt, Seen seen) {
    return space.numbered(order == null ? number : order[number]);
  }
}
