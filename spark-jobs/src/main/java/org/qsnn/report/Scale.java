package org.qsnn.report;

import java.util.List;

/** Where numbers lie along a chart's side. */
interface Scale {
  /** Round numbers to be named along it, ascending. */
  List<Double> ticks();

  /** A tick with as many digits as tell it from the others. */
  String shown(double tick);

  /** Where a number lies, 0 at one end and 1 at the other. */
  double place(double value);
}
