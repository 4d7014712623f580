package org.qsnn.train;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.sample.Picture;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.RandomStream;

/**
 * Images of 16 × 16 pixels that are easy to tell apart: rows (class 0), columns (class 1) and a
 * checkerboard (class 2), in a random phase, under noise. The decoder flips them at random.
 */
final class Stripes implements SampleDecoder {
  private static final long serialVersionUID = 1L;
  static final int CLASSES = 3;
  static final int SIZE = 16;

  /** Samples of the ids {@code rank, rank + stride, …}: what one shard of a set has. */
  static Samples samples(int rank, int stride, int count) {
    long[] ids = new long[count];
    int[] labels = new int[count];
    byte[][] payloads = new byte[count][];
    for (int i = 0; i < count; i++) {
      ids[i] = rank + (long) stride * i;
      RandomStream random = RandomStream.of(77, ids[i]);
      labels[i] = random.nextInt(CLASSES);
      payloads[i] = draw(labels[i], random);
    }
    return new Samples(ids, labels, payloads);
  }

  /** A set of {@code count} samples, dealt to shards in turn. */
  static List<Samples> shards(int shards, int count) {
    List<Samples> result = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      result.add(samples(shard, shards, (count - shard + shards - 1) / shards));
    }
    return result;
  }

  private static byte[] draw(int label, RandomStream random) {
    int phase = random.nextInt(2);
    byte[] payload = new byte[SIZE * SIZE];
    for (int i = 0; i < payload.length; i++) {
      int row = i / SIZE / 2;
      int column = i % SIZE / 2;
      int index = label == 0 ? row : label == 1 ? column : row + column;
      payload[i] = (byte) (((index + phase) % 2 == 0 ? 60 : -60) + 20 * random.nextGaussian());
    }
    return payload;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public int frames() {
    return 1;
  }

  @Override
  public void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset) {
    boolean isFlipped = RandomStream.of(epoch, id).nextBoolean();
    for (int i = 0; i < payload.length; i++) {
      target[offset + i] = payload[isFlipped ? payload.length - 1 - i : i] / 50f;
    }
  }

  /** In gray. */
  @Override
  public Picture picture(byte[] payload, long id) {
    byte[] planes = new byte[Picture.CHANNELS * payload.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = payload[i % payload.length];
    }
    return new Picture(SIZE, planes);
  }
}
