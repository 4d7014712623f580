/**
 * A whole network: "batch in, gradient out" in training ({@link org.qsnn.network.TrainingNetwork}),
 * a packed model's answers ({@link org.qsnn.network.InferenceNetwork}), the loss, and how shards'
 * gradients add up. May import {@code model, layer, binary, quantize, parameter, metric, tensor}.
 * Read {@code TrainingNetwork} first.
 */
package org.qsnn.network;
