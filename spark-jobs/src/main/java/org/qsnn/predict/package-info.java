/**
 * A packed model's answers for files: which of them are samples, a Spark job over all of them, and
 * the answers as files; also as a function of Spark SQL. May import core-math, {@code dataset,
 * prepared} and {@code storage}. Read {@link org.qsnn.predict.Predictions} first.
 */
package org.qsnn.predict;
