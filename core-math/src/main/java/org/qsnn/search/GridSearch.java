package org.qsnn.search;

/** All points of a countable space, the last dimension changing fastest. */
public record GridSearch(Space space) implements Search {
  @Override
  public Point draw(int number, int attempt, Seen seen) {
    return space.numbered(number);
  }
}
