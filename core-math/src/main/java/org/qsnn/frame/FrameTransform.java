package org.qsnn.frame;

import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.tensor.RandomStream;

/**
 * One draw of a {@link FrameAugmentation}: what happens to a sample's events, then to its frames.
 *
 * @param isMirrored left and right swapped
 * @param rollY pixels that frames then move down; what leaves at one side enters at the other
 * @param rollX pixels that frames then move to the right, in the same way
 * @param isReversed the recording runs backward: what became brighter becomes darker
 * @param drop share of the events that is left out
 * @param dropSeed from which it is drawn for each event whether it is
 * @param warp what is done to frames then
 */
public record FrameTransform(
    boolean isMirrored,
    int rollY,
    int rollX,
    boolean isReversed,
    double drop,
    long dropSeed,
    FrameWarp warp) {
  /** The sample as it is. */
  public static final FrameTransform NONE = new FrameTransform(false, 0, 0, false, 0, 0);

  /** Without a warp. */
  FrameTransform(
      boolean isMirrored, int rollY, int rollX, boolean isReversed, double drop, long dropSeed) {
    this(isMirrored, rollY, rollX, isReversed, drop, dropSeed, FrameWarp.NONE);
  }

  Events applyTo(Events events) {
    Events kept = drop == 0 ? events : thinned(events);
    return isReversed ? reversed(kept) : kept;
  }

  AxisMap columns(AxisMap axis) {
    AxisMap mirrored = isMirrored ? axis.mirrored() : axis;
    return rollX == 0 ? mirrored : mirrored.rolled(rollX);
  }

  AxisMap rows(AxisMap axis) {
    return rollY == 0 ? axis : axis.rolled(rollY);
  }

  private Events thinned(Events events) {
    RandomStream random = RandomStream.of(dropSeed);
    EventsBuilder kept = Events.builder(events.sensor());
    for (int i = 0; i < events.size(); i++) {
      if (random.nextFloat() >= drop) {
        kept.append(events.timestamp(i), events.x(i), events.y(i), events.isOn(i));
      }
    }
    return kept.build();
  }

  /** Between the same first and last timestamp. */
  private static Events reversed(Events events) {
    EventsBuilder reversed = Events.builder(events.sensor());
    int last = events.size() - 1;
    for (int i = last; i >= 0; i--) {
      long timestamp = events.timestamp(0) + (events.timestamp(last) - events.timestamp(i));
      reversed.append(timestamp, events.x(i), events.y(i), !events.isOn(i));
    }
    return reversed.build();
  }
}
