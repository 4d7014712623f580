/**
 * Membrane bits by layer under a budget of memory: how much each layer loses with fewer bits,
 * measured ({@link org.qsnn.budget.Sensitivity}), and which bits lose least within the budget
 * ({@link org.qsnn.budget.BitChoice}). Knows models and who evaluates them; nothing is trained
 * here.
 */
package org.qsnn.budget;
