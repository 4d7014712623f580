/**
 * Measures how fast this machine trains and answers: whole steps on Spark, and the roofline of the
 * same network's convolutions. May import core-math and {@code distributed}. Read {@link
 * org.qsnn.bench.Benchmark} first.
 */
package org.qsnn.bench;
