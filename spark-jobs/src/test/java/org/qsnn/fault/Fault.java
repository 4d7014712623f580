package org.qsnn.fault;

import java.util.Arrays;

/**
 * One fault of a run.
 *
 * @param epoch in which it strikes; {@link #ANY}
 * @param step in which it strikes; {@link #ANY}
 * @param times how often it strikes, over all processes of the run
 */
record Fault(Place place, Act act, int epoch, int step, int times) {
  static final int ANY = -1;

  static Fault once(Place place, Act act) {
    return once(place, act, ANY, ANY);
  }

  static Fault once(Place place, Act act, int epoch, int step) {
    return new Fault(place, act, epoch, step, 1);
  }

  static Fault always(Place place, Act act) {
    return new Fault(place, act, ANY, ANY, Integer.MAX_VALUE);
  }

  String encode() {
    return String.join(
        ":", place.name(), act.name(), "" + epoch, "" + step, Integer.toString(times));
  }

  static Fault decode(String text) {
    String[] parts = text.split(":", -1);
    int[] numbers = Arrays.stream(parts).skip(2).mapToInt(Integer::parseInt).toArray();
    return new Fault(
        Place.valueOf(parts[0]), Act.valueOf(parts[1]), numbers[0], numbers[1], numbers[2]);
  }

  /** Name of the file that tells of it. */
  String fileName() {
    return place + "-" + act;
  }
}
