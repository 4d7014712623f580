package org.qsnn.frame;

import java.io.Serializable;

/** What number of a frame a count of events becomes. No events are always 0. */
public sealed interface CountScale extends Serializable {
  float apply(double count);

  /** The count itself. */
  static CountScale counts() {
    return new Counts();
  }

  /** log(1 + count). */
  static CountScale log() {
    return new Log();
  }

  /** The share of a limit that the count reaches: min(count, limit) / limit. */
  static CountScale clipped(double limit) {
    return new Clipped(limit);
  }

  /** See {@link CountScale#counts}. */
  record Counts() implements CountScale {
    @Override
    public float apply(double count) {
      return (float) count;
    }
  }

  /** See {@link CountScale#log}. */
  record Log() implements CountScale {
    @Override
    public float apply(double count) {
      return (float) StrictMath.log1p(count);
    }
  }

  /** See {@link CountScale#clipped}. */
  record Clipped(double limit) implements CountScale {
    public Clipped {
      if (!(limit > 0) || Double.isInfinite(limit)) {
        throw new IllegalArgumentException(
            "clipped counts: expected a positive limit, found " + limit);
      }
    }

    @Override
    public float apply(double count) {
      return (float) (Math.min(count, limit) / limit);
    }
  }
}
