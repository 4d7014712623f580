package org.qsnn.sample;

/**
 * Shows what another decoder decodes with fewer pixels: each is the mean of the area that it
 * covers, of values that are already augmented and normalized.
 */
public final class ScaledDecoder implements SampleDecoder {
  private static final long serialVersionUID = 1L;

  private final SampleDecoder decoder;
  private final int size;

  private ScaledDecoder(SampleDecoder decoder, int size) {
    this.decoder = decoder;
    this.size = size;
  }

  /**
   * The decoder itself if that is its size.
   *
   * @param size height and width in pixels, from 1 to the decoder's
   */
  public static SampleDecoder of(SampleDecoder decoder, int size) {
    if (size < 1 || size > decoder.size()) {
      throw new IllegalArgumentException(
          "size to scale to: must be from 1 to " + decoder.size() + "; found " + size);
    }
    return size == decoder.size() ? decoder : new ScaledDecoder(decoder, size);
  }

  @Override
  public int channels() {
    return decoder.channels();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int frames() {
    return decoder.frames();
  }

  @Override
  public void decode(byte[] payload, long id, int epoch, int step, float[] target, int offset) {
    float[] whole = new float[decoder.length()];
    decoder.decode(payload, id, epoch, step, whole, 0);
    int side = decoder.size();
    // Rows first: side rows of side values become side rows of size, then size of size.
    for (int plane = 0; plane < frames() * channels(); plane++) {
      float[] narrow = new float[side * size];
      for (int y = 0; y < side; y++) {
        scale(whole, (plane * side + y) * side, 1, narrow, y * size, 1);
      }
      for (int x = 0; x < size; x++) {
        scale(narrow, x, size, target, offset + plane * size * size + x, size);
      }
    }
  }

  /** A line of the decoder's size becomes one of this size. */
  private void scale(
      float[] from, int start, int stride, float[] target, int offset, int targetStride) {
    int side = decoder.size();
    for (int made = 0; made < size; made++) {
      // Lengths in units of 1/size of an old pixel: the new pixel spans side of them.
      float sum = 0;
      for (int old = made * side / size; old * size < (made + 1) * side; old++) {
        int overlap =
            Math.min((old + 1) * size, (made + 1) * side) - Math.max(old * size, made * side);
        sum += overlap * from[start + old * stride];
      }
      target[offset + made * targetStride] = sum / side;
    }
  }

  @Override
  public Picture picture(byte[] payload, long id) {
    return decoder.picture(payload, id);
  }
}
