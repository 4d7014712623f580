/**
 * What notebooks use besides the plain files of runs: what of a run is not in JSON, and the
 * report's charts made of data frames. May import core-math, {@code config, dataset, predict,
 * prepared, report, run, storage} and {@code training}. Read {@link org.qsnn.notebook.Runs} first.
 */
package org.qsnn.notebook;
