package org.qsnn.metric;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Samples that were taken for something else, those of the smallest ids. Which ones does not depend
 * on how samples lie in shards, nor on the order of merging.
 */
public final class Mistakes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More are not kept: they are to be looked at. */
  public static final int MAX = 24;

  /** Neutral in {@link #merge}. */
  static final Mistakes NONE = new Mistakes(new Mistake[0]);

  /** Ascending by id. */
  private final Mistake[] kept;

  private Mistakes(Mistake[] kept) {
    this.kept = kept;
  }

  /** In any order; those of small ids are kept. */
  public static Mistakes of(Mistake... mistakes) {
    return new Mistakes(
        Arrays.stream(mistakes)
            .sorted(Comparator.comparingLong(Mistake::id))
            .limit(MAX)
            .toArray(Mistake[]::new));
  }

  /** Whether a mistake of this id would be among them. */
  boolean wouldKeep(long id) {
    return kept.length < MAX || id < kept[MAX - 1].id();
  }

  /** Those of both, as a new value. */
  Mistakes merge(Mistakes other) {
    return of(Stream.of(kept, other.kept).flatMap(Arrays::stream).toArray(Mistake[]::new));
  }

  /** Ascending by id. */
  public List<Mistake> list() {
    return List.of(kept);
  }
}
