package org.qsnn.parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named windows over one flat {@code float[]}: where each tensor lies, in C order, back to back.
 * The order of the windows is the order of their creation and never changes for a given network.
 */
public final class ParameterLayout {
  private final Map<String, Window> windows;
  private final int size;

  private ParameterLayout(Map<String, Window> windows, int size) {
    this.windows = windows;
    this.size = size;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Number of floats of all windows together. */
  public int size() {
    return size;
  }

  /** All windows in layout order. */
  public List<Window> windows() {
    return List.copyOf(windows.values());
  }

  /**
   * The window of the first layer's synaptic weights.
   *
   * @throws java.util.NoSuchElementException if there are no synaptic weights
   */
  public Window first() {
    return windows.values().stream().filter(Window::isWeight).findFirst().orElseThrow();
  }

  /** Windows of synaptic weights but those of the first and of the last layer, in layout order. */
  public List<Window> hidden() {
    List<Window> weights = windows.values().stream().filter(Window::isWeight).toList();
    return weights.size() < 3 ? List.of() : weights.subList(1, weights.size() - 1);
  }

  public boolean contains(String name) {
    return windows.containsKey(name);
  }

  /**
   * @throws IllegalArgumentException if there is no window of that name
   */
  public Window window(String name) {
    Window window = windows.get(name);
    if (window == null) {
      throw new IllegalArgumentException(
          "no parameter " + name + "; there are " + windows.keySet());
    }
    return window;
  }

  /** One tensor's place in the flat vector. */
  public record Window(String name, int offset, int[] shape) {
    public int length() {
      return elements(shape);
    }

    public int end() {
      return offset + length();
    }

    /** Whether it holds synaptic weights: biases and batch normalization are vectors. */
    public boolean isWeight() {
      return shape.length > 1;
    }

    @Override
    public String toString() {
      return name + Arrays.toString(shape);
    }
  }

  /** Appends windows back to back. */
  public static final class Builder {
    private final List<Window> windows = new ArrayList<>();
    private int size;

    public Builder add(String name, int... shape) {
      windows.add(new Window(name, size, shape.clone()));
      size = Math.addExact(size, elements(shape));
      return this;
    }

    public ParameterLayout build() {
      Map<String, Window> byName = new LinkedHashMap<>();
      for (Window window : windows) {
        if (byName.put(window.name(), window) != null) {
          throw new IllegalArgumentException("two parameters are named " + window.name());
        }
      }
      return new ParameterLayout(byName, size);
    }
  }

  private static int elements(int[] shape) {
    int count = 1;
    for (int extent : shape) {
      count = Math.multiplyExact(count, extent);
    }
    return count;
  }
}
