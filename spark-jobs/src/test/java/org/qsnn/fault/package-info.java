/**
 * Faults that strike a training of real processes at a chosen place: an agent weaves them into
 * product and Spark classes, which know nothing of it. Read {@link org.qsnn.fault.Fault} first,
 * then {@link org.qsnn.fault.TrainingProcess}.
 */
package org.qsnn.fault;
