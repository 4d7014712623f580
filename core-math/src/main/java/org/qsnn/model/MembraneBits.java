package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.qsnn.ConfigurationException;

/**
 * Bits of the membrane potentials: the same in every spiking layer, or a number for each of them in
 * order of execution. Numbers that are all the same are one number.
 *
 * @param values 2, 4, 8, or 32 for a float membrane; one, or one a layer
 */
public record MembraneBits(List<Integer> values) {
  /** Of a float membrane, which is carried to the next timestep as it is. */
  public static final int FLOAT = 32;

  /** What a quantized membrane may have. */
  public static final List<Integer> QUANTIZED = List.of(2, 4, 8);

  private static final String KEY = "network.membrane-bits";

  /**
   * @throws ConfigurationException if a number is none of these
   */
  public MembraneBits {
    if (values.isEmpty()) {
      throw invalid("a number, or one for each spiking layer", "none");
    }
    for (int bits : values) {
      if (bits != FLOAT && !QUANTIZED.contains(bits)) {
        throw invalid("2, 4, 8 or 32", bits);
      }
    }
    values = Set.copyOf(values).size() == 1 ? List.of(values.get(0)) : List.copyOf(values);
  }

  /** The same in every layer. */
  public static MembraneBits of(int bits) {
    return new MembraneBits(List.of(bits));
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws ConfigurationException if it is something else
   */
  public static MembraneBits parse(String text) {
    List<Integer> values = new ArrayList<>();
    try {
      for (String value : text.split(",", -1)) {
        values.add(Integer.valueOf(value.strip()));
      }
    } catch (NumberFormatException e) {
      throw invalid("2, 4, 8 or 32, or such numbers with commas between them", text);
    }
    return new MembraneBits(values);
  }

  /** Whether all layers have the same. */
  public boolean isUniform() {
    return values.size() == 1;
  }

  /** Those of a layer, counted from 0. */
  public int at(int layer) {
    return values.get(isUniform() ? 0 : layer);
  }

  /** Whether any layer has a float membrane. */
  public boolean hasFloats() {
    return values.contains(FLOAT);
  }

  /**
   * @param layers names of the spiking layers in order of execution
   * @throws ConfigurationException if there are several numbers, and not as many as layers
   */
  public void requireFits(List<String> layers) {
    if (!isUniform() && values.size() != layers.size()) {
      throw invalid(
          "one number, or one for each of the "
              + layers.size()
              + " spiking layers "
              + String.join(", ", layers),
          values.size() + " numbers");
    }
  }

  /** For a table or a message: {@code 4}, or of several {@code 2-8}, the fewest and the most. */
  public String shown() {
    int least = values.stream().mapToInt(Integer::intValue).min().orElseThrow();
    int most = values.stream().mapToInt(Integer::intValue).max().orElseThrow();
    return least == most ? Integer.toString(least) : least + "-" + most;
  }

  private static ConfigurationException invalid(String allowed, Object found) {
    return new ConfigurationException(KEY + ": must be " + allowed + "; found " + found);
  }

  /** Numbers with commas between them. */
  @Override
  public String toString() {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
