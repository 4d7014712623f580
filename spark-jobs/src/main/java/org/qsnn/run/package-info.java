/**
 * A run's folder: the names in it, and what a training keeps there: checkpoints, models, metrics of
 * every epoch, fingerprints, summary and log. {@code METRICS.md} beside the module's pom describes
 * every key. Also the lines that say to people how a run goes and ended. May import core-math,
 * {@code json, storage} and {@code text}. Read {@link org.qsnn.run.RunDirectory} first, then {@link
 * org.qsnn.run.StoredRun}.
 */
package org.qsnn.run;
