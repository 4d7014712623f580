/**
 * Runs and sweeps as pages for people: self-contained HTML files with charts as SVG, made of what
 * they left, the same bytes whenever they are made. May import core-math, {@code config, dataset,
 * json, picture, run, storage, sweep, text} and {@code training}. Read {@link
 * org.qsnn.report.Report} first; a chart is a {@code Chart}, a page a class that ends in {@code
 * Page}.
 */
package org.qsnn.report;
