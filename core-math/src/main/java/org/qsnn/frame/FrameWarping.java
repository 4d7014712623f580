package org.qsnn.frame;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.tensor.RandomStream;

/**
 * Random changes of frames beside mirroring and rolling. With a roll, all four and {@link
 * Choice#ONE}, they are those of neuromorphic data augmentation (Li et al., ECCV 2022).
 *
 * @param rotate the largest angle in degrees by which frames are turned either way
 * @param shear the largest angle in degrees by which they are sheared either way
 * @param erase the largest height and width in pixels of a square that is blanked; 0 for none
 * @param choice of these and the roll
 */
public record FrameWarping(double rotate, double shear, int erase, Choice choice)
    implements Serializable {
  /** No change, and nothing to choose. */
  public static final FrameWarping NONE = new FrameWarping(0, 0, 0, Choice.ALL);

  /** Which of the changes that are set happen to a sample. */
  public enum Choice {
    ALL,
    /** One of them, each as likely. */
    ONE
  }

  /** What is drawn: how frames are warped, and whether they are rolled. */
  record Drawn(FrameWarp warp, boolean isRolled) {}

  private enum Change {
    ROLL,
    ROTATE,
    SHEAR,
    ERASE
  }

  public FrameWarping {
    requireAngle("rotate", rotate, 180);
    requireAngle("shear", shear, 60);
    if (erase < 0) {
      throw new IllegalArgumentException(
          "frame warping: expected an erased square of 0 pixels or more, found " + erase);
    }
  }

  private static void requireAngle(String what, double found, int most) {
    if (!(found >= 0 && found <= most)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "frame warping: expected %s from 0 to %d degrees, found %s",
              what,
              most,
              found));
    }
  }

  /**
   * @param canRoll whether a roll is among what is chosen from
   */
  Drawn draw(RandomStream random, boolean canRoll) {
    List<Change> changes = changes(canRoll);
    if (choice == Choice.ONE && changes.size() > 1) {
      changes = List.of(changes.get(random.nextInt(changes.size())));
    }
    double angle = changes.contains(Change.ROTATE) ? between(random, rotate) : 0;
    double slant = changes.contains(Change.SHEAR) ? between(random, shear) : 0;
    FrameWarp warp =
        changes.contains(Change.ERASE)
            ? new FrameWarp(
                angle, slant, 1 + random.nextInt(erase), random.nextDouble(), random.nextDouble())
            : new FrameWarp(angle, slant, 0, 0, 0);
    return new Drawn(warp, changes.contains(Change.ROLL));
  }

  private List<Change> changes(boolean canRoll) {
    List<Change> changes = new ArrayList<>();
    add(changes, Change.ROLL, canRoll);
    add(changes, Change.ROTATE, rotate > 0);
    add(changes, Change.SHEAR, shear > 0);
    add(changes, Change.ERASE, erase > 0);
    return changes;
  }

  private static void add(List<Change> changes, Change change, boolean isSet) {
    if (isSet) {
      changes.add(change);
    }
  }

  private static double between(RandomStream random, double most) {
    return (2 * random.nextDouble() - 1) * most;
  }
}
