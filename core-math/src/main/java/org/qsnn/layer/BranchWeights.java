package org.qsnn.layer;

/**
 * The effective weights of one convolution and its batch normalization.
 *
 * @param synapses of the convolution
 * @param scale γ of batch normalization in training; the folded scale in inference
 * @param offset β in training; the folded offset in inference
 */
public record BranchWeights(Synapses synapses, float[] scale, float[] offset) {}
