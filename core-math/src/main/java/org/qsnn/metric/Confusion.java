package org.qsnn.metric;

import java.io.Serializable;
import java.util.Arrays;

/** How often each label was predicted as each class. Merging is exact in any order. */
public final class Confusion implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final long[] counts;

  /** An empty matrix, neutral in {@link #merge}. */
  public Confusion(int classes) {
    this(classes, new long[Math.multiplyExact(classes, classes)]);
  }

  private Confusion(int classes, long[] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /** Counts one sample in this matrix. */
  public void add(int label, int predicted) {
    counts[index(label, predicted)]++;
  }

  /** The counts of both, as a new matrix. */
  public Confusion merge(Confusion other) {
    if (classes != other.classes) {
      throw new IllegalArgumentException(
          "confusion: expected " + classes + " classes, found " + other.classes);
    }
    long[] sum = counts.clone();
    Arrays.setAll(sum, i -> counts[i] + other.counts[i]);
    return new Confusion(classes, sum);
  }

  public int classes() {
    return classes;
  }

  /** Samples with this label that were predicted as that class. */
  public long count(int label, int predicted) {
    return counts[index(label, predicted)];
  }

  public long samples() {
    return Arrays.stream(counts).sum();
  }

  /** Samples with this label. */
  public long samples(int label) {
    long samples = 0;
    for (int predicted = 0; predicted < classes; predicted++) {
      samples += count(label, predicted);
    }
    return samples;
  }

  /** Samples on the diagonal. */
  public long correct() {
    long correct = 0;
    for (int i = 0; i < classes; i++) {
      correct += count(i, i);
    }
    return correct;
  }

  /**
   * Share of samples predicted correctly, 0…1.
   *
   * @throws IllegalStateException if no sample was counted
   */
  public double accuracy() {
    long samples = samples();
    if (samples == 0) {
      throw new IllegalStateException("accuracy of 0 samples");
    }
    return (double) correct() / samples;
  }

  /** {@code [label][predicted]}, a copy. */
  public long[][] rows() {
    long[][] rows = new long[classes][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(counts, i * classes, (i + 1) * classes));
    return rows;
  }

  private int index(int label, int predicted) {
    checkClass("label", label);
    checkClass("prediction", predicted);
    return label * classes + predicted;
  }

  private void checkClass(String what, int found) {
    if (found < 0 || found >= classes) {
      throw new IllegalArgumentException(
          what + ": expected 0…" + (classes - 1) + ", found " + found);
    }
  }
}
