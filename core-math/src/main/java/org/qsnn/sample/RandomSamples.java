package org.qsnn.sample;

import org.qsnn.tensor.RandomStream;

/** Random bytes as samples: what they say does not matter, how long they take does. */
public final class RandomSamples implements SampleDecoder {
  private static final long serialVersionUID = 1L;

  private final int frames;
  private final int channels;
  private final int size;

  /** Of frames {@code [frames, channels, size, size]}. */
  public RandomSamples(int frames, int channels, int size) {
    this.frames = frames;
    this.channels = channels;
    this.size = size;
  }

  /** The same ones every time. */
  public Samples draw(int count, int classes) {
    long[] ids = new long[count];
    int[] labels = new int[count];
    byte[][] payloads = new byte[count][length()];
    for (int i = 0; i < count; i++) {
      RandomStream random = RandomStream.of(i);
      ids[i] = i;
      labels[i] = random.nextInt(classes);
      for (int j = 0; j < payloads[i].length; j++) {
        payloads[i][j] = (byte) random.nextInt(3);
      }
    }
    return new Samples(ids, labels, payloads);
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int frames() {
    return frames;
  }

  @Override
  public void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset) {
    for (int i = 0; i < payload.length; i++) {
      target[offset + i] = payload[i];
    }
  }

  @Override
  public Picture picture(byte[] payload, long id) {
    throw new UnsupportedOperationException("nothing to see in random bytes");
  }
}
