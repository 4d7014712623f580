package org.qsnn.model;

import java.util.Arrays;
import org.qsnn.model.QuantizedTensor.Form;

/** How synaptic weights are quantized; see the method's section on weights. */
public enum WeightScheme {
  /**
   * WS-DR: standardized by output channel, sign times a power of two per output channel; ends in 8
   * bits.
   */
  REGULATED(Form.INT8, Form.BINARY_EXPONENT, Standardized.BY_CHANNEL),
  /** The same, times a mean magnitude. */
  REGULATED_MEAN(Form.INT8, Form.BINARY_SCALE, Standardized.BY_CHANNEL),
  /** As {@link #REGULATED}, with one mean and one deviation for the whole layer. */
  LAYER_REGULATED(Form.INT8, Form.BINARY_EXPONENT, Standardized.BY_LAYER),
  /**
   * The same, times the mean magnitude of the output channel: WS-DR as the paper writes it (Wei et
   * al. 2024, Eq. 14 and Algorithm 1, line 6).
   */
  LAYER_REGULATED_MEAN(Form.INT8, Form.BINARY_SCALE, Standardized.BY_LAYER),
  /** Ablation: sign times mean magnitude per output channel; ends in 8 bits. */
  PLAIN(Form.INT8, Form.BINARY_SCALE, Standardized.NOT),
  /** Float weights in every layer, ends included. */
  FLOAT(Form.FLOAT, Form.FLOAT, Standardized.NOT);

  /** Over which weights a mean and a deviation are taken. */
  public enum Standardized {
    BY_CHANNEL,
    BY_LAYER,
    NOT
  }

  private final Form end;
  private final Form inner;
  private final Standardized standardized;

  WeightScheme(Form end, Form inner, Standardized standardized) {
    this.end = end;
    this.inner = inner;
    this.standardized = standardized;
  }

  /**
   * The regulated scheme of this form.
   *
   * @param inner {@link Form#BINARY_EXPONENT} or {@link Form#BINARY_SCALE}
   */
  public static WeightScheme regulated(Standardized standardized, Form inner) {
    return Arrays.stream(values())
        .filter(scheme -> scheme.standardized == standardized && scheme.inner == inner)
        .findFirst()
        .orElseThrow();
  }

  /** Form of the first convolution and of the readout. */
  public Form end() {
    return end;
  }

  /** Form of every other convolution. */
  public Form inner() {
    return inner;
  }

  /** Of the weights that are not ends, before they become bits. */
  public Standardized standardized() {
    return standardized;
  }
}
