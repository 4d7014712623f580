package org.qsnn.event;

/** Takes a recording block by block, in the order of time. */
@FunctionalInterface
public interface EventSink {
  /**
   * @param block the next events, at least one; not earlier than those of the block before, of the
   *     same sensor; the sink may keep it
   */
  void accept(Events block);

  /**
   * Hears at the end what else the recording holds, which was not decoded.
   *
   * @param what in the plural, such as {@code IMU samples}
   */
  default void passedOver(String what, long count) {}

  /**
   * Hears at the end how much was bad and tolerated.
   *
   * @param what in the plural, such as {@code events outside of the sensor, dropped}
   */
  default void tolerated(String what, long count) {
    passedOver(what, count);
  }

  /** Hears that the file does not name its camera, so that the sensor was told by the events. */
  default void guessedSensor() {}
}
