package org.qsnn.layer;

import java.util.Arrays;
import org.qsnn.layer.DirectSums.Row;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * A convolution of frames with so few channels that a vector of channels, as ND4J's convolution has
 * it, would be mostly empty: here a vector is part of a row.
 *
 * <p>A frame is copied with zeros around it, so that every tap reads a row of it, some values
 * further. An output is the sum over input channels, kernel rows and kernel columns, in that order.
 * A weight's gradient is a sum for each lane over all frames; the lanes are added in the end.
 */
final class DirectConvolution {
  private static final DirectSums SUMS = DirectSums.best();

  /** From three channels on ND4J's convolution is fast enough. */
  private static final int MOST_CHANNELS = 2;

  private enum Role {
    FRAME,
    PADDED,
    SUMS,
    GRADIENT,
    LANES
  }

  private final Convolution spec;
  private final int size;
  private final int inputPitch;
  private final int pitch;
  private final int[] taps;

  /**
   * @param size height and width of the frames
   */
  DirectConvolution(Convolution spec, int size) {
    this.spec = spec;
    this.size = size;
    this.pitch = roundUp(size, DirectSums.LANES);
    this.inputPitch = pitch + 2 * spec.padding();
    this.taps = taps();
  }

  static boolean suits(Convolution c) {
    boolean keepsSize = c.stride() == 1 && c.kernel() % 2 == 1 && c.padding() == c.kernel() / 2;
    return c.inChannels() <= MOST_CHANNELS && keepsSize;
  }

  private static int roundUp(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }

  private int[] taps() {
    int k = spec.kernel();
    int[] shifts = new int[spec.inChannels() * k * k];
    for (int t = 0; t < shifts.length; t++) {
      int line = t / (k * k) * paddedSize() + t / k % k;
      shifts[t] = line * inputPitch + t % k;
    }
    return shifts;
  }

  private int paddedSize() {
    return size + 2 * spec.padding();
  }

  private int frameLength() {
    return spec.inChannels() * size * size;
  }

  /**
   * y = x ∗ w.
   *
   * @param weights {@code [out, in, k, k]}
   * @param moments see {@link Synapses#forward}
   */
  void forward(
      Activation x, float[] weights, FloatTensor y, BatchMoments moments, Workspace workspace) {
    int outputs = roundUp(spec.outChannels(), DirectSums.OUTPUTS);
    float[] all = Arrays.copyOf(weights, outputs * taps.length);
    float[] sums = workspace.floats(Role.SUMS, outputs * size * pitch);
    int image = spec.outChannels() * size * size;
    for (int n = 0; n < x.dimension(0); n++) {
      float[] padded = padded(x, n, workspace);
      for (int c = 0; c < outputs; c += DirectSums.OUTPUTS) {
        for (int r = 0; r < size; r++) {
          Row row = new Row(padded, r * inputPitch, taps);
          int at = (c * size + r) * pitch;
          SUMS.add(row, all, c * taps.length, sums, at, size * pitch, pitch);
        }
      }
      closeRows(sums, spec.outChannels() * size);
      y.write(n * image, sums, 0, image);
      if (moments != null) {
        moments.add(sums, 1);
      }
    }
  }

  private float[] padded(Activation x, int frame, Workspace workspace) {
    float[] values = workspace.floats(Role.FRAME, frameLength());
    float[] padded = workspace.floats(Role.PADDED, spec.inChannels() * paddedSize() * inputPitch);
    Arrays.fill(padded, 0f);
    x.read(frame * frameLength(), values, 0, frameLength());
    for (int line = 0; line < spec.inChannels() * size; line++) {
      int row = line / size * paddedSize() + spec.padding() + line % size;
      System.arraycopy(values, line * size, padded, row * inputPitch + spec.padding(), size);
    }
    return padded;
  }

  /** Moves rows that are {@link #pitch} apart together. */
  private void closeRows(float[] rows, int count) {
    for (int r = 1; r < count && pitch > size; r++) {
      System.arraycopy(rows, r * pitch, rows, r * size, size);
    }
  }

  /**
   * @param dy shape of y, read once and by whole images
   * @param dw {@code [out, in, k, k]} from {@code at} on, overwritten
   */
  void weightGradient(Activation x, FloatSource dy, float[] dw, int at, Workspace workspace) {
    int groups = roundUp(taps.length, DirectSums.TAPS);
    int[] all = Arrays.copyOf(taps, groups);
    int outputs = spec.outChannels();
    int image = outputs * size * size;
    int ofOutput = groups * DirectSums.LANES;
    float[] gradient = workspace.floats(Role.GRADIENT, outputs * size * pitch);
    float[] lanes = workspace.floats(Role.LANES, outputs * ofOutput);
    Arrays.fill(lanes, 0, outputs * ofOutput, 0f);
    float[] sums = new float[ofOutput];
    for (int n = 0; n < x.dimension(0); n++) {
      Row first = new Row(padded(x, n, workspace), 0, all);
      dy.read(n * image, gradient, 0, image);
      openRows(gradient, outputs * size);
      for (int c = 0; c < outputs; c++) {
        Arrays.fill(sums, 0f);
        for (int tap = 0; tap < groups; tap += DirectSums.TAPS) {
          int plane = c * size * pitch;
          SUMS.addProducts(first, inputPitch, tap, gradient, plane, size, pitch, sums);
        }
        for (int i = 0; i < ofOutput; i++) {
          lanes[c * ofOutput + i] += sums[i];
        }
      }
    }
    for (int c = 0; c < outputs; c++) {
      for (int t = 0; t < taps.length; t++) {
        dw[at + c * taps.length + t] = total(lanes, c * ofOutput + t * DirectSums.LANES);
      }
    }
  }

  /** Moves rows that lie side by side {@link #pitch} apart, with zeros in between. */
  private void openRows(float[] rows, int count) {
    for (int r = count - 1; r >= 0 && pitch > size; r--) {
      System.arraycopy(rows, r * size, rows, r * pitch, size);
      Arrays.fill(rows, r * pitch + size, (r + 1) * pitch, 0f);
    }
  }

  private static float total(float[] lanes, int from) {
    double total = 0;
    for (int i = from; i < from + DirectSums.LANES; i++) {
      total += lanes[i];
    }
    return (float) total;
  }
}
