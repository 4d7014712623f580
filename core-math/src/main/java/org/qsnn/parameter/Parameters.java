package org.qsnn.parameter;

import java.util.Arrays;
import org.qsnn.parameter.ParameterLayout.Window;

/** One flat vector of floats and the layout that names its windows. */
public record Parameters(ParameterLayout layout, float[] values) {
  public Parameters {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "parameters: expected " + layout.size() + " values, found " + values.length);
    }
  }

  public static Parameters zeros(ParameterLayout layout) {
    return new Parameters(layout, new float[layout.size()]);
  }

  public Parameters copy() {
    return new Parameters(layout, values.clone());
  }

  /** A copy of one window's values. */
  public float[] get(String name) {
    Window window = layout.window(name);
    return Arrays.copyOfRange(values, window.offset(), window.end());
  }

  /** Overwrites one window. */
  public void setInPlace(String name, float[] source) {
    Window window = layout.window(name);
    if (source.length != window.length()) {
      throw new IllegalArgumentException(
          name + ": expected " + window.length() + " values, found " + source.length);
    }
    System.arraycopy(source, 0, values, window.offset(), source.length);
  }
}
