/**
 * Convolution, batch normalization, pooling, linear map, and the spiking layer that joins them: a
 * forward pass and how a gradient is pulled back through it. May import {@code tensor, model,
 * parameter, neuron, slice}. Read {@link org.qsnn.layer.SpikingLayer} first.
 */
package org.qsnn.layer;
