package org.qsnn.layer;

import org.qsnn.tensor.FloatTensor;

/**
 * The effective weights of one convolution and its batch normalization.
 *
 * @param synaptic {@code [out, in, k, k]}
 * @param scale γ of batch normalization in training; the folded scale in inference
 * @param offset β in training; the folded offset in inference
 */
public record BranchWeights(FloatTensor synaptic, float[] scale, float[] offset) {}
