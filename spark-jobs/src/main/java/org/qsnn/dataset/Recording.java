package org.qsnn.dataset;

import org.qsnn.storage.FileEntry;

/**
 * One file of an event camera in a set.
 *
 * @param name its path below the set's folder
 * @param label of all of it; −1 if the layout finds labels elsewhere
 */
record Recording(String name, Split split, int label, FileEntry file) {}
