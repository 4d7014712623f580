package org.qsnn.network;

import org.qsnn.tensor.FloatTensor;

/**
 * What a network is shown.
 *
 * @param values {@code [T·B, C, H, W]}, time leading, or {@code [B, C, H, W]} for images that are
 *     the same at every timestep
 * @param batch number of samples B
 */
public record Input(FloatTensor values, int batch) {}
