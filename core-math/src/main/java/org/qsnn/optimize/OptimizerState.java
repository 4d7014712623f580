package org.qsnn.optimize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

/**
 * What an optimizer keeps from step to step: vectors by name, each with a number for every
 * parameter. The arrays are not copied.
 *
 * @param vectors in the order of {@link Optimizer#stateNames}
 */
public record OptimizerState(Map<String, Parameters> vectors) {
  public OptimizerState {
    vectors = Collections.unmodifiableMap(new LinkedHashMap<>(vectors));
  }

  /** Before the first step: all numbers are 0. */
  public static OptimizerState zeros(List<String> names, ParameterLayout layout) {
    Map<String, Parameters> vectors = new LinkedHashMap<>();
    names.forEach(name -> vectors.put(name, Parameters.zeros(layout)));
    return new OptimizerState(vectors);
  }

  /**
   * The numbers of a vector. Not a copy.
   *
   * @param parameters that they belong to
   * @throws IllegalArgumentException if there is no such vector, or it is of other parameters
   */
  float[] values(String name, Parameters parameters) {
    Parameters vector = vectors.get(name);
    int expected = parameters.values().length;
    if (vector == null || vector.values().length != expected) {
      String found = vector == null ? "none" : Integer.toString(vector.values().length);
      throw new IllegalArgumentException(
          name + ": expected " + expected + " values, found " + found);
    }
    return vector.values();
  }
}
