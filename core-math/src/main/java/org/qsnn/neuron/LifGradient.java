package org.qsnn.neuron;

import org.qsnn.tensor.FloatTensor;

/**
 * What the backward pass of a layer reads and writes.
 *
 * @param first gradient of the loss with respect to the spikes, {@code [T, B, C, H, W]}
 * @param second a second part of it, to be added; or null
 * @param constant a third part, the same for all spikes (the firing-rate term)
 * @param current where the gradient with respect to the input current goes; may be {@code first}
 */
public record LifGradient(
    FloatTensor first, FloatTensor second, float constant, FloatTensor current) {}
