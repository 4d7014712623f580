package org.qsnn.search;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** All combinations of the values of some dimensions. */
public record Space(List<Dimension> dimensions) {
  public Space {
    dimensions = List.copyOf(dimensions);
  }

  /** How many points there are, at most {@link Long#MAX_VALUE}; empty if they are not countable. */
  public OptionalLong size() {
    long size = 1;
    for (Dimension dimension : dimensions) {
      if (dimension.size().isEmpty()) {
        return OptionalLong.empty();
      }
      long values = dimension.size().getAsLong();
      size = size > Long.MAX_VALUE / values ? Long.MAX_VALUE : size * values;
    }
    return OptionalLong.of(size);
  }

  /**
   * The point at a place of the unit cube.
   *
   * @param place one number from 0 (included) to 1 (excluded) for each dimension
   */
  public Point at(double[] place) {
    return new Point(
        IntStream.range(0, dimensions.size())
            .mapToObj(i -> dimensions.get(i).at(place[i]))
            .toList());
  }

  /** Where in the unit cube a point is. */
  double[] place(Point point) {
    return IntStream.range(0, dimensions.size())
        .mapToDouble(i -> dimensions.get(i).place(point.values().get(i)))
        .toArray();
  }

  /** A point of a countable space by its number; the last dimension changes fastest. */
  Point numbered(long number) {
    List<String> values = new ArrayList<>();
    long rest = number;
    for (int i = dimensions.size() - 1; i >= 0; i--) {
      long size = dimensions.get(i).size().orElseThrow();
      values.add(0, dimensions.get(i).at((rest % size + 0.5) / size));
      rest /= size;
    }
    return new Point(values);
  }
}
