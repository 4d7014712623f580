/**
 * One training, from its configuration to its summary, as a command, a sweep or another program
 * calls it: its data, what its folder holds before it starts, the memory that it needs, and the
 * loop's ports wired to storage and to a {@link org.qsnn.training.Backend}, all executors or one
 * thread. The caller provides a {@link org.qsnn.training.TrainingProgress} and a {@link
 * org.qsnn.training.Stop}. May import core-math, {@code config, dataset, distributed, prepared,
 * run, storage} and Spark. Read {@link org.qsnn.training.Training} first.
 */
package org.qsnn.training;
