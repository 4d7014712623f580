/**
 * What runs and sweeps lie in a folder, and how each stands: what is trained, how far and how well.
 * Reads what they left, and changes nothing. May import core-math, {@code config, dataset, json,
 * run, storage, sweep, text} and {@code training}. Read {@link org.qsnn.catalog.Catalog} first.
 */
package org.qsnn.catalog;
