package org.qsnn.layer;

import org.qsnn.tensor.FloatTensor;

/**
 * The effective weights of one linear layer.
 *
 * @param weights {@code [outputs, features]}
 * @param bias {@code [outputs]}
 */
public record LinearWeights(FloatTensor weights, float[] bias) {}
