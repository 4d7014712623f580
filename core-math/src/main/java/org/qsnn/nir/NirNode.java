package org.qsnn.nir;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.DataException;

/**
 * A node of a graph.
 *
 * @param type one of NIR's: {@code Conv2d}, {@code LIF}, …
 * @param fields by the names that NIR gives them
 */
public record NirNode(String type, Map<String, NirArray> fields) {
  public NirNode {
    fields = new TreeMap<>(fields);
  }

  /**
   * @throws DataException if there is no such field
   */
  NirArray field(String name) {
    NirArray field = fields.get(name);
    if (field == null) {
      throw new DataException(
          "NIR: a " + type + " must have a field " + name + "; found " + fields.keySet());
    }
    return field;
  }

  float[] floats(String name) {
    return as(float[].class, name);
  }

  double[] doubles(String name) {
    return as(double[].class, name);
  }

  int[] ints(String name) {
    return Arrays.stream(as(long[].class, name)).mapToInt(Math::toIntExact).toArray();
  }

  private <T> T as(Class<T> type, String name) {
    Object values = field(name).values();
    if (!type.isInstance(values)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "NIR: %s.%s must be %s; found %s",
              this.type,
              name,
              type.getSimpleName(),
              values.getClass().getSimpleName()));
    }
    return type.cast(values);
  }
}
