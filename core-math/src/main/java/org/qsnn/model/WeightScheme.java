package org.qsnn.model;

/** How synaptic weights are quantized; see the method's section on weights. */
public enum WeightScheme {
  /** WS-DR: standardized, sign times a power of two per output channel; ends in 8 bits. */
  REGULATED,
  /** Ablation: sign times mean magnitude per output channel; ends in 8 bits. */
  PLAIN,
  /** Float weights in every layer, ends included. */
  FLOAT
}
