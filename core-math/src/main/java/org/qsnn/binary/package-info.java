/**
 * Convolutions whose weights are one bit each, computed as what they are: signed sums of spikes
 * (forward), signed sums of gradients (to the input), and sums of gradients over the spikes there
 * were (to the weights). Loops over vectors are behind {@code TableSums}, {@code RowSums} and {@code
 * GatherSums}, each with a plain twin. May import {@code layer, model, tensor}. Read {@link
 * org.qsnn.binary.BinaryConvolution} first, then {@link org.qsnn.binary.StripGrid}.
 */
package org.qsnn.binary;
