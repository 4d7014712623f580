/**
 * From float to few bits and, for the gradient, back: weight regulation and binarization, 8-bit
 * ends, the membrane quantizer, the annealing of the straight-through estimator. Plain Java on
 * {@code float[]}; the weights' side runs on the driver, once a step and in both directions.
 *
 * <p>Imports {@code tensor}, {@code parameter} and {@code model}. Start with {@link
 * org.qsnn.quantize.WeightQuantizer}; the method's equations are in {@code WeightBinarizer} and
 * {@link org.qsnn.quantize.MembraneQuantizer}.
 */
package org.qsnn.quantize;
