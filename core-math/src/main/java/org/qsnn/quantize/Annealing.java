package org.qsnn.quantize;

/**
 * How steep the straight-through estimator of the sign is: {@code d sign(z)/dz = k·t·(1 −
 * tanh²(t·z))}.
 */
public record Annealing(float k, float t) {}
