package org.qsnn.model;

import org.qsnn.model.QuantizedTensor.Form;

/** How synaptic weights are quantized; see the method's section on weights. */
public enum WeightScheme {
  /** WS-DR: standardized, sign times a power of two per output channel; ends in 8 bits. */
  REGULATED(Form.INT8, Form.BINARY_EXPONENT),
  /** Ablation: sign times mean magnitude per output channel; ends in 8 bits. */
  PLAIN(Form.INT8, Form.BINARY_SCALE),
  /** Float weights in every layer, ends included. */
  FLOAT(Form.FLOAT, Form.FLOAT);

  private final Form end;
  private final Form inner;

  WeightScheme(Form end, Form inner) {
    this.end = end;
    this.inner = inner;
  }

  /** Form of the first convolution and of the readout. */
  public Form end() {
    return end;
  }

  /** Form of every other convolution. */
  public Form inner() {
    return inner;
  }
}
