package org.qsnn.search;

import java.util.List;

/**
 * One value of each dimension of a space.
 *
 * @param values in the order of the dimensions
 */
public record Point(List<String> values) {
  public Point {
    values = List.copyOf(values);
  }
}
