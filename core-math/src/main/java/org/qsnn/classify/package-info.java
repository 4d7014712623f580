/**
 * A packed model that other programs ask: {@link org.qsnn.classify.Classifier} answers for pictures
 * and recordings, from any number of threads, without Spark; what it says is a {@link
 * org.qsnn.classify.Prediction}.
 *
 * <p>May import {@code org.qsnn}, {@code event, model, network, sample, tensor} and {@code train}.
 * Read {@code Classifier} first.
 */
package org.qsnn.classify;
