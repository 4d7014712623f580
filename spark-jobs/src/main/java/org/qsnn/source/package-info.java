/**
 * Raw data sets: which files they consist of, wherever they lie and whatever their layout, and
 * their contents as samples. May import core-math and {@code storage}. Read {@link
 * org.qsnn.source.RawSource} first, then {@link org.qsnn.source.DatasetSource}, its name in a
 * configuration.
 */
package org.qsnn.source;
