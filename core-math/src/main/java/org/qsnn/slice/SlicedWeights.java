package org.qsnn.slice;

import java.util.Arrays;
import org.qsnn.model.QuantizedTensor;

/**
 * The positive weights of each output channel, as the places of the slices that they meet. Made
 * once for a model, and shared.
 */
public final class SlicedWeights {
  private final int[] places;
  private final int[] starts;
  private final int[] all;
  private final float[] scales;

  /**
   * @param weights a binary form, {@code [out, in, k, k]}
   */
  public SlicedWeights(QuantizedTensor weights) {
    int outputs = weights.shape()[0];
    int slices = weights.elements() / outputs;
    this.starts = new int[outputs + 1];
    this.scales = new float[outputs];
    int[] found = new int[weights.elements() + outputs * SliceSums.TERMS];
    int n = 0;
    byte[] codes = weights.codes();
    for (int output = 0; output < outputs; output++) {
      scales[output] = weights.scale(output);
      for (int slice = 0; slice < slices; slice++) {
        int i = output * slices + slice;
        found[n] = SliceMemory.place(slice);
        n += codes[i / Byte.SIZE] >> i % Byte.SIZE & 1;
      }
      n = fill(found, n);
      starts[output + 1] = n;
    }
    this.places = Arrays.copyOf(found, n);
    int[] every = new int[slices + SliceSums.TERMS];
    for (int slice = 0; slice < slices; slice++) {
      every[slice] = SliceMemory.place(slice);
    }
    this.all = Arrays.copyOf(every, fill(every, slices));
  }

  /** Up to a multiple of {@link SliceSums#TERMS}. */
  private static int fill(int[] places, int n) {
    int end = (n + SliceSums.TERMS - 1) / SliceSums.TERMS * SliceSums.TERMS;
    Arrays.fill(places, n, end, SliceMemory.SILENT);
    return end;
  }

  int[] places() {
    return places;
  }

  /** Where the places of an output channel start; they end where the next channel's start. */
  int start(int output) {
    return starts[output];
  }

  /** The places of all slices. */
  int[] all() {
    return all;
  }

  float scale(int output) {
    return scales[output];
  }
}
