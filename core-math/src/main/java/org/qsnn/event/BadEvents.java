package org.qsnn.event;

import java.io.Serializable;
import java.util.Locale;
import org.qsnn.EnumKey;

/**
 * What becomes of events that lie outside of the sensor or are earlier than the one before, of
 * words that a format does not have, and of an end that is cut off.
 *
 * @param limit that are tolerated in a recording; one more is a failure
 */
public record BadEvents(Action action, long limit) implements Serializable {
  /** What is done with a bad event. */
  public enum Action {
    /** It is a failure. */
    FAIL,
    /** It is left out. */
    DROP,
    /** It is put where its time says; where it has no pixel, left out. */
    SORT
  }

  /** None is tolerated. */
  public static final BadEvents FAIL = new BadEvents(Action.FAIL, 0);

  boolean areTolerated() {
    return action != Action.FAIL;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "bad events: %s, at most %d", EnumKey.of(action), limit);
  }
}
