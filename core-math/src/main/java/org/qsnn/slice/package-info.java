/**
 * Convolutions of spikes for evaluations, which count the spikes of some hundred neurons at once by
 * logical operations (decision 0041). May import {@code neuron, model, tensor}. Read {@link
 * org.qsnn.slice.SlicedConvolution} first.
 *
 * <dl>
 *   <dt>block
 *   <dd>the neurons of one channel and timestep whose bits are the lanes of a vector: {@link
 *       org.qsnn.tensor.BlockGrid}
 *   <dt>slice
 *   <dd>one bit of each neuron of a block: the spikes that a tap brings, or a digit of their number
 *   <dt>digit
 *   <dd>a binary one: the slices of a number's digits have the weights 1, 2, 4 and so on
 *   <dt>carry
 *   <dd>a slice of eight times the weight of those that were added
 *   <dt>tap, phase, place
 *   <dd>as in {@link org.qsnn.binary}
 * </dl>
 */
package org.qsnn.slice;
