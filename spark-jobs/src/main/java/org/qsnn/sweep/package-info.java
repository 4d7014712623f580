/**
 * Many trainings of one sweep at a time: what is tried next and what goes on is decided by
 * core-math's {@code search}, from what the trials' folders hold; where a trial runs, in one task
 * or on the whole cluster, has no part in that. May import core-math, {@code config, distributed,
 * failure, json, prepared, run, storage, text, training} and Spark. Read {@link
 * org.qsnn.sweep.Sweep} first.
 */
package org.qsnn.sweep;
