package org.qsnn.frame;

import java.io.Serializable;
import java.util.Locale;
import org.qsnn.tensor.RandomStream;

/**
 * Random changes of training samples. Order, as of {@link FrameTransform}: events are dropped, time
 * is reversed, frames are mirrored, then rolled, then warped.
 *
 * @param unit what shares one draw of everything but dropped events, which each sample draws
 * @param mirror probability that left and right are swapped
 * @param roll largest number of pixels of the frame by which it is rolled along each axis
 * @param reverse probability that time is reversed and polarity swapped
 * @param drop probability of each event to be left out (EventDrop's random drop, Gu et al. 2021)
 * @param warping of frames after that
 */
public record FrameAugmentation(
    Unit unit, double mirror, int roll, double reverse, double drop, FrameWarping warping)
    implements Serializable {
  /** No change of any sample. */
  public static final FrameAugmentation NONE = new FrameAugmentation(Unit.SAMPLE, 0, 0, 0, 0);

  /** Keeps these random numbers apart from others of the same seed. */
  private static final long PURPOSE = 0x6672616D65736CL;

  private static final long DROP_PURPOSE = 0x64726F70706564L;

  /** What shares one draw. */
  public enum Unit {
    /** Each sample has its own, a function of (seed, epoch, id). */
    SAMPLE,
    /** All samples of a step's global batch share one, a function of (seed, epoch, step). */
    BATCH
  }

  public FrameAugmentation {
    requireShare("mirror", mirror);
    requireShare("reverse", reverse);
    requireShare("drop", drop);
    if (roll < 0) {
      throw new IllegalArgumentException(
          "frame augmentation: expected a roll of 0 pixels or more, found " + roll);
    }
  }

  /** Without warping. */
  public FrameAugmentation(Unit unit, double mirror, int roll, double reverse, double drop) {
    this(unit, mirror, roll, reverse, drop, FrameWarping.NONE);
  }

  private static void requireShare(String what, double found) {
    if (!(found >= 0 && found <= 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "frame augmentation: expected %s from 0 to 1, found %s", what, found));
    }
  }

  /**
   * What happens to a sample.
   *
   * @param step of the epoch
   */
  public FrameTransform draw(long seed, int epoch, int step, long id) {
    RandomStream random =
        RandomStream.of(seed, PURPOSE, unit.ordinal(), epoch, unit == Unit.BATCH ? step : id);
    boolean isMirrored = random.nextDouble() < mirror;
    int rollY = random.nextInt(2 * roll + 1) - roll;
    int rollX = random.nextInt(2 * roll + 1) - roll;
    boolean isReversed = random.nextDouble() < reverse;
    FrameWarping.Drawn drawn = warping.draw(random, roll > 0);
    if (!drawn.isRolled()) {
      rollY = 0;
      rollX = 0;
    }
    long dropSeed = RandomStream.of(seed, DROP_PURPOSE, epoch, id).nextLong();
    return new FrameTransform(isMirrored, rollY, rollX, isReversed, drop, dropSeed, drawn.warp());
  }
}
