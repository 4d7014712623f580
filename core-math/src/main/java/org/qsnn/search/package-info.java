/**
 * Which points of a space are tried, and which of them are trained further: the decisions of a
 * sweep, as pure functions of its specification and of results that may come in any order. Knows
 * neither networks nor configurations: a point is a list of texts, a result a vector of costs. May
 * import {@code tensor}. Read {@link org.qsnn.search.Halving} and {@link org.qsnn.search.Search}
 * first.
 */
package org.qsnn.search;
