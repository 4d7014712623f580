package org.qsnn.search;

import java.util.OptionalLong;

/**
 * One axis of a space. Its values are laid out over the unit interval, so that a search draws
 * numbers from 0 (included) to 1 (excluded) whatever they mean.
 */
public sealed interface Dimension permits Choice, Range {
  String name();

  /** How many values there are; empty if they cannot be counted. */
  OptionalLong size();

  /** The value at a place of the unit interval. */
  String at(double place);

  /** Where in the unit interval a value is. */
  double place(String value);

  /** Whether neighbors in the unit interval are alike. */
  boolean isOrdered();
}
