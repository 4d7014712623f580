package org.qsnn.train;

import java.util.List;
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
   * Some samples of a shard.
   *
   * @param indices into them
   */
  record Batch(Samples samples, int[] indices) {
    int[] labels() {
      int[] labels = new int[indices.length];
      for (int b = 0; b < labels.length; b++) {
        labels[b] = samples.label(indices[b]);
      }
      return labels;
    }
  }

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
    return decode(decoder, List.of(new Batch(samples, indices)), epoch, step, workspace);
  }

  /**
   * @param batches of one shard each, all of one size
   * @param step of the epoch
   */
  static Input decode(
      SampleDecoder decoder, List<Batch> batches, int epoch, int step, Workspace workspace) {
    int shards = batches.size();
    int frames = decoder.frames();
    int batch = batches.get(0).indices().length;
    FloatTensor values =
        workspace.tensor(
            Role.SAMPLES,
            "input",
            shards * frames * batch,
            decoder.channels(),
            decoder.size(),
            decoder.size());
    Input input = new Input(values, shards, batch);
    for (int s = 0; s < shards; s++) {
      decode(decoder, batches.get(s), epoch, step, input.ofShard(s).values());
    }
    return input;
  }

  private static void decode(
      SampleDecoder decoder, Batch batch, int epoch, int step, FloatTensor values) {
    int frames = decoder.frames();
    int image = decoder.length() / frames;
    int size = batch.indices().length;
    float[] sample = new float[decoder.length()];
    for (int b = 0; b < size; b++) {
      int index = batch.indices()[b];
      Samples samples = batch.samples();
      decoder.decode(samples.payload(index), samples.id(index), epoch, step, sample, 0);
      for (int t = 0; t < frames; t++) {
        values.write((t * size + b) * image, sample, t * image, image);
      }
    }
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
}
