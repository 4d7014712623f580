package org.qsnn.binary;

/**
 * The entries of tables that a convolution's weights choose, in the order in which they are added.
 * Made once a step and never changed, so that tasks may share them.
 *
 * @param places where each entry starts in the tables' array
 * @param signs 1 where the entry is added, −1 where its opposite is; empty if none is opposite
 */
record Entries(int[] places, float[] signs) {}
