package org.qsnn.search;

import java.util.List;
import java.util.OptionalLong;

/**
 * One of a few values.
 *
 * @param values all different
 * @param isOrdered whether neighbors are alike, as those of a range in steps
 */
public record Choice(String name, List<String> values, boolean isOrdered) implements Dimension {

  public Choice {
    values = List.copyOf(values);
    if (values.isEmpty() || values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException(name + ": must be different values; found " + values);
    }
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(values.size());
  }

  @Override
  public String at(double place) {
    return values.get((int) (place * values.size()));
  }

  @Override
  public double place(String value) {
    return (values.indexOf(value) + 0.5) / values.size();
  }
}
