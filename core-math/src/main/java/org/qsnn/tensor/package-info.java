/**
 * What all numbers rest on: off-heap tensors, tensors of bits, halves of their planes, and their
 * reuse, arrays on cache lines, the native library, whether kernels use vectors and what they ask
 * of the JVM, random streams, the hyperbolic tangent. The only copies between heap arrays and
 * native memory are here. Imports nothing of ours. Read {@link org.qsnn.tensor.FloatTensor} first.
 */
package org.qsnn.tensor;
