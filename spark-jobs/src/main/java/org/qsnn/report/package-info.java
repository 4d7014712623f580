/**
 * Runs as pages for people: one self-contained HTML file with charts as SVG, made of what a run
 * left, the same bytes whenever it is made. May import core-math, {@code config, dataset, json,
 * picture, run, storage, text} and {@code training}. Read {@link org.qsnn.report.RunPage} first.
 */
package org.qsnn.report;
