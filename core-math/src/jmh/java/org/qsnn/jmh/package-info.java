/**
 * JMH benchmarks of single kernels, on one thread. May import every package of core-math; only the
 * profile {@code jmh} compiles it. Read {@link org.qsnn.jmh.SynapseBenchmark} first.
 */
package org.qsnn.jmh;
