/**
 * What a run is measured by: confusion and accuracy, firing rates and their entropy, synaptic
 * operations, sign flips, distributions of weights, and an epoch's row of all of them; and some of
 * the samples that were taken for something else. Counts are integers and merge exactly in any
 * order; sums of floating-point numbers merge in the order the caller keeps.
 *
 * <p>May import {@code model} and {@code sample}. Read {@link org.qsnn.metric.Evaluation} first,
 * then {@link org.qsnn.metric.EpochMetrics}.
 */
package org.qsnn.metric;
