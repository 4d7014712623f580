/**
 * Optimizers and their schedule, on the flat parameter vector. Start with {@link
 * org.qsnn.optimize.Optimizer}.
 *
 * <p>Imports {@code parameter} and {@code tensor}.
 */
package org.qsnn.optimize;
