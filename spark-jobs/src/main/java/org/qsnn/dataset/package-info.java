/**
 * Data sets by name ({@link org.qsnn.dataset.Datasets}), and what is particular about each: how it
 * is shown to a network, where it can be had, which files it consists of, wherever they lie and
 * whatever their layout, and their contents as samples. May import core-math and {@code storage}.
 * Read {@link org.qsnn.dataset.Dataset} first, then {@link org.qsnn.dataset.RawSource}.
 */
package org.qsnn.dataset;
