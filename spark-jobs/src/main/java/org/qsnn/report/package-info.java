/**
 * What a run leaves behind for people and programs: the names in its directory, metrics of every
 * epoch, fingerprint, summary and log; and what {@code qsnn inspect} says about a file or
 * directory. {@code METRICS.md} beside the module's pom describes every key.
 *
 * <p>Writes through {@link org.qsnn.report.RunFiles} and knows no file system. May import core-math
 * and {@code storage}. Read {@link org.qsnn.report.RunReport} first.
 */
package org.qsnn.report;
