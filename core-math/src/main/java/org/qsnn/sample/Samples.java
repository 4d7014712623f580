package org.qsnn.sample;

import java.io.Serializable;
import java.util.Locale;

/**
 * Undecoded samples: an id, a label and the bytes of each, ids strictly ascending. It crosses Spark
 * and stays cached on executors, so it holds nothing but arrays of primitives; they are not copied.
 */
public final class Samples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] ids;
  private final int[] labels;
  private final byte[][] payloads;

  public Samples(long[] ids, int[] labels, byte[][] payloads) {
    if (labels.length != ids.length || payloads.length != ids.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "samples: expected as many labels and payloads as ids (%d), found %d and %d",
              ids.length,
              labels.length,
              payloads.length));
    }
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] <= ids[i - 1]) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "samples: expected ascending ids, found %d after %d",
                ids[i],
                ids[i - 1]));
      }
    }
    this.ids = ids;
    this.labels = labels;
    this.payloads = payloads;
  }

  public int size() {
    return ids.length;
  }

  public long id(int index) {
    return ids[index];
  }

  public int label(int index) {
    return labels[index];
  }

  /** The sample's own array, not a copy: read only. */
  public byte[] payload(int index) {
    return payloads[index];
  }
}
