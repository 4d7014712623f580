package org.qsnn.data;

/**
 * One binary file of a source and its place in the data set.
 *
 * @param name official name of the file
 * @param firstId id of its first record in the split
 */
record RawPart(String name, Split split, long firstId, long records) {}
