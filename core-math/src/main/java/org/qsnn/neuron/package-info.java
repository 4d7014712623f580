/**
 * The LIF neuron over time, forward and backward, fused with what stands around it. May import
 * {@code tensor}. Read {@link org.qsnn.neuron.LifKernel} first: it has the equations.
 */
package org.qsnn.neuron;
