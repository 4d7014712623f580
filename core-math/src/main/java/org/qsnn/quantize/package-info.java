/**
 * From float to few bits and, for the gradient, back: weight regulation and binarization, 8-bit
 * ends, the annealing of the straight-through estimator. Plain Java on {@code float[]}; it runs on
 * the driver, once a step and in both directions. Membranes are quantized where they are computed,
 * in {@code neuron}.
 *
 * <p>Imports {@code parameter}, {@code model} and {@code metric}. Start with {@link
 * org.qsnn.quantize.WeightQuantizer}; the method's equations are in {@code WeightBinarizer}.
 */
package org.qsnn.quantize;
