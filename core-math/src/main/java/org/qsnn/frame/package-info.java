/**
 * From events to frames, the input current of a network: where each frame begins and ends, onto
 * which pixel an event falls, how a count becomes a number, and what is random about it.
 *
 * <p>May import {@code org.qsnn}, {@code event}, {@code model} and {@code tensor}. Everything here
 * is an immutable value that travels to executors; everything random is a function of a seed, the
 * epoch and a sample's id or a step.
 *
 * <p>Read {@link org.qsnn.frame.FrameIntegrator} first.
 */
package org.qsnn.frame;
