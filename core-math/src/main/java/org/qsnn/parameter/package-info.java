/**
 * One flat vector of floats and the names of its windows: what the optimizer updates, shards sum
 * and checkpoints store. Start with {@link org.qsnn.parameter.ParameterLayout}; {@link
 * org.qsnn.parameter.NetworkLayout} says which windows a network has.
 *
 * <p>Imports {@code tensor} and {@code model}.
 */
package org.qsnn.parameter;
