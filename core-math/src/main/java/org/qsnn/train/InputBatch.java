package org.qsnn.train;

import org.qsnn.network.Input;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** Decodes samples into a network's input: bytes to {@code [T·B, C, H, W]}, time leading. */
public final class InputBatch {
  private enum Role {
    SAMPLES
  }

  private InputBatch() {}

  /**
   * @param indices into the samples
   * @param step of the epoch
   */
  public static Input decode(
      SampleDecoder decoder,
      Samples samples,
      int[] indices,
      int epoch,
      int step,
      Workspace workspace) {
    int frames = decoder.frames();
    int batch = indices.length;
    int image = decoder.length() / frames;
    FloatTensor values =
        workspace.tensor(
            Role.SAMPLES,
            "input",
            frames * batch,
            decoder.channels(),
            decoder.size(),
            decoder.size());
    float[] sample = new float[decoder.length()];
    for (int b = 0; b < batch; b++) {
      int index = indices[b];
      decoder.decode(samples.payload(index), samples.id(index), epoch, step, sample, 0);
      for (int t = 0; t < frames; t++) {
        values.write((t * batch + b) * image, sample, t * image, image);
      }
    }
    return new Input(values, batch);
  }

  /** Swaps left and right of every image or frame, in place. */
  static void mirror(Input input) {
    FloatTensor values = input.values();
    float[] row = new float[values.dimension(3)];
    for (int at = 0; at < values.size(); at += row.length) {
      values.read(at, row, 0, row.length);
      for (int left = 0, right = row.length - 1; left < right; left++, right--) {
        float value = row[left];
        row[left] = row[right];
        row[right] = value;
      }
      values.write(at, row, 0, row.length);
    }
  }

  static int[] labels(Samples samples, int[] indices) {
    int[] labels = new int[indices.length];
    for (int b = 0; b < labels.length; b++) {
      labels[b] = samples.label(indices[b]);
    }
    return labels;
  }
}
