/**
 * The training of one network: the loop, which exists once, and its three ports: where gradients
 * come from ({@link org.qsnn.train.GradientSource}), who evaluates ({@link
 * org.qsnn.train.Evaluator}), and where a run's files go ({@link org.qsnn.train.RunStore}). Tasks
 * ({@link org.qsnn.train.ShardTask}, {@link org.qsnn.train.EvaluationTask}) are pure functions. May
 * import {@code tensor, model, deploy, parameter, quantize, network, sample, metric, optimize,
 * checkpoint}. Read {@link org.qsnn.train.TrainingLoop} first.
 */
package org.qsnn.train;
