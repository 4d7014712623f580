/**
 * Data sets by name ({@link org.qsnn.dataset.Datasets}), and what is particular about each: how it
 * is shown to a network, where to download it, which files it consists of, in every layout that is
 * known, and their contents as samples. May import core-math and {@code storage}. Read {@link
 * org.qsnn.dataset.Dataset} first, then {@link org.qsnn.dataset.RawSource}.
 */
package org.qsnn.dataset;
