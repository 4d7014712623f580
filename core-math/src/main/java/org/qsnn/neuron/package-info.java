/**
 * The LIF neuron over time, forward and backward, fused with what stands around it. May import
 * {@code tensor} and {@code model}. Read {@link org.qsnn.neuron.LifKernel} first: it has the
 * equations.
 */
package org.qsnn.neuron;
