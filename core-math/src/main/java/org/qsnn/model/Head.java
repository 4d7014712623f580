package org.qsnn.model;

/** What the readout of a network reads of its last spiking layer. */
public enum Head {
  /** The mean of each channel over height and width. */
  AVERAGED,
  /** Every neuron, or what the last layer's own pool leaves of them. */
  FLATTENED
}
