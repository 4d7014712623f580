package org.qsnn.model;

import java.io.Serializable;
import java.util.Locale;

/**
 * The surrogate gradient ds/du of a neuron's spike: only training depends on it. Each form is the
 * derivative of a rise from 0 to 1 around the threshold, so its area is 1; each is 1 / width high
 * there. With x = u − threshold and w = width:
 *
 * <pre>
 *   triangle     max(0, 1 − |x| / w) / w               Bellec et al. 2018
 *   rectangle    1 / w where |x| &lt; w / 2, else 0       Wu et al. 2018, Eq. 24
 *   arctangent   1 / w / (1 + (π · x / w)²)            Fang et al. 2021
 *   sigmoid      (1 − tanh²(2 · x / w)) / w            the derivative of 1 / (1 + exp(−4 · x / w))
 * </pre>
 *
 * @param width w, {@link #LEAST_WIDTH} to {@link #LARGEST_WIDTH}
 */
public record Surrogate(Form form, float width) implements Serializable {
  public static final float LEAST_WIDTH = 1e-3f;
  public static final float LARGEST_WIDTH = 1e3f;

  /** The published code's, and the default. */
  public static final Surrogate PUBLISHED = new Surrogate(Form.TRIANGLE, 1f);

  /** Whose formula it is. */
  public enum Form {
    TRIANGLE,
    RECTANGLE,
    ARCTANGENT,
    SIGMOID
  }

  public Surrogate {
    if (!(width >= LEAST_WIDTH && width <= LARGEST_WIDTH)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "surrogate width: must be %s to %s; found %s",
              LEAST_WIDTH,
              LARGEST_WIDTH,
              width));
    }
  }

  /** At the threshold: 1 / w. */
  public float height() {
    return 1f / width;
  }
}
