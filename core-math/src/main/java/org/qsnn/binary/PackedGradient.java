package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradients of the output, times the weights' scales, in integers, of which an int holds two: a
 * strip's images of the first half in the low halves, those of the second half in the high ones. A
 * slot holds two images, {@code [outputs, side, side]}; behind the last is a plane of zeros.
 */
final class PackedGradient {
  private final int outputs;
  private final int side;
  private final int[] values;
  private final int room;
  private final List<Strip> strips = new ArrayList<>();

  /**
   * Without a strip.
   *
   * @param room slots
   * @param values of {@link #length}, overwritten
   */
  PackedGradient(int outputs, int side, int room, int[] values) {
    this.outputs = outputs;
    this.side = side;
    this.room = room;
    this.values = values;
    Arrays.fill(values, zeros(), zeros() + side * side, 0);
  }

  /** Ints of so many slots. */
  static int length(int outputs, int side, int room) {
    return (room * outputs + 1) * side * side;
  }

  /**
   * Images that are rounded together, all of one shard.
   *
   * @param first their number among all images
   * @param images how many; where they are odd, one more of zeros is there
   * @param slot the first
   * @param unit what 1 stands for; NaN where a gradient was not finite
   * @param terms so many of the integers fit a sum, whichever they are
   */
  record Strip(int first, int images, int slot, float unit, int terms) {
    /** Images of the first half, and slots. */
    int half() {
      return slots(images);
    }
  }

  /** Slots of a strip. */
  static int slots(int images) {
    return (images + 1) / 2;
  }

  void add(Strip strip) {
    strips.add(strip);
  }

  List<Strip> strips() {
    return strips;
  }

  /** Slots that strips fill. */
  int slots() {
    if (strips.isEmpty()) {
      return 0;
    }
    Strip last = strips.get(strips.size() - 1);
    return last.slot() + last.half();
  }

  int outputs() {
    return outputs;
  }

  int side() {
    return side;
  }

  int[] values() {
    return values;
  }

  /** Where a plane starts. */
  int plane(int slot, int output) {
    return (slot * outputs + output) * side * side;
  }

  /** Where the plane of zeros starts. */
  int zeros() {
    return plane(room, 0);
  }

  /** All strips, as many of them together as fill so many slots. */
  List<Window> windows(int most) {
    List<Window> windows = new ArrayList<>();
    List<Strip> some = new ArrayList<>();
    for (Strip strip : strips) {
      if (!some.isEmpty() && strip.slot() + strip.half() - some.get(0).slot() > most) {
        windows.add(new Window(this, List.copyOf(some)));
        some.clear();
      }
      some.add(strip);
    }
    windows.add(new Window(this, List.copyOf(some)));
    return windows;
  }

  /** Strips that follow each other. */
  record Window(PackedGradient of, List<Strip> strips) {
    private Strip last() {
      return strips.get(strips.size() - 1);
    }

    /** The number of the first image among all. */
    int first() {
      return strips.get(0).first();
    }

    int images() {
      return last().first() + last().images() - first();
    }

    int slots() {
      return last().slot() + last().half() - strips.get(0).slot();
    }

    /** The window's slot in which a strip begins. */
    int slot(Strip strip) {
      return strip.slot() - strips.get(0).slot();
    }

    /** Where a plane of one of the window's slots starts. */
    int plane(int slot, int output) {
      return of.plane(strips.get(0).slot() + slot, output);
    }

    /**
     * The window's images, counted from 0 on, in the low halves of all slots, then in the high
     * ones; {@link SpikeImages#SILENT} where there is none.
     */
    int[] numbers() {
      int[] numbers = new int[2 * slots()];
      Arrays.fill(numbers, SpikeImages.SILENT);
      for (Strip strip : strips) {
        for (int i = 0; i < strip.images(); i++) {
          int half = i / strip.half() * slots();
          numbers[half + slot(strip) + i % strip.half()] = strip.first() - first() + i;
        }
      }
      return numbers;
    }
  }
}
