/**
 * Measures how fast this machine trains and answers: whole steps on Spark beside the roofline of
 * the same network's convolutions or beside another program, and a step taken apart into its
 * kernels or into its tasks and what a cluster costs beside them. May import core-math, {@code
 * distributed} and {@code json}. Read {@link org.qsnn.bench.Benchmark} first.
 */
package org.qsnn.bench;
