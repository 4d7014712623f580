package org.qsnn.neuron;

import org.qsnn.tensor.Activation;

/**
 * One input current of a layer, {@code scale[c] · y + offset[c]}: a normalized convolution, or an
 * identity shortcut with scale 1 and offset 0.
 *
 * @param values y {@code [T, B, C, H, W]} or, the same for all timesteps, {@code [B, C, H, W]}
 * @param timePitch elements between timesteps: 0 if y is the same for all of them
 * @param scale per channel
 * @param offset per channel
 * @param mean per channel: the batch mean of y that the backward pass subtracts; null where there
 *     is no normalization or no backward pass
 */
public record Current(
    Activation values, int timePitch, float[] scale, float[] offset, float[] mean) {}
