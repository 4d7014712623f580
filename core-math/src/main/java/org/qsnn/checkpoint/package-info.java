/**
 * Training state and its bytes: {@link org.qsnn.checkpoint.TrainingState} is everything that a
 * resume needs, {@link org.qsnn.checkpoint.Checkpoint} writes it down and reads it back bit for
 * bit. Imports {@code model} (the file format), {@code parameter} and {@code optimize}. Read {@code
 * TrainingState} first.
 */
package org.qsnn.checkpoint;
