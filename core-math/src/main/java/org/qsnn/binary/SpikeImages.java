package org.qsnn.binary;

import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.Workspace;

/**
 * Some images of spikes, or of spikes counted by a pool, as the convolution's kernels read them.
 */
interface SpikeImages {
  /** The plane of no image: zeros. */
  int SILENT = -1;

  /**
   * Packs the counts of one channel of four images into ints of four bytes each, the first in the
   * lowest byte, row by row.
   *
   * @param images numbers of the images, {@link #SILENT} where there is none
   */
  void pack(int[] images, int channel, int[] rows, int to, int pitch);

  /**
   * Lists the places of one image's spikes in one channel and phase of a strip, line by line; a
   * count of n is listed n times.
   *
   * @param phase of the input
   * @param block what a place is a multiple of: place = position · block
   * @param places written from {@code first} on, with {@link TableSums#MORE_PLACES} behind them
   * @param starts overwritten from {@code line} on: where each line's places start
   * @return where the next line's places start
   */
  int list(
      int image, int channel, int phase, int block, int[] places, int first, int[] starts, int line);

  /**
   * The images {@code first … first + images − 1} of a layer's input.
   *
   * @param countsPerUnit values are multiples of its inverse from 0 to 1
   */
  static SpikeImages of(
      Activation x, int first, int images, int countsPerUnit, StripGrid grid, Workspace workspace) {
    if (x instanceof BitTensor bits) {
      return new BitImages(bits, first, grid);
    }
    int size = x.size() / x.dimension(0);
    int length = images * size + grid.size() * grid.size() + TableSums.MORE_PLACES;
    float[] counts = workspace.floats("counts", length);
    x.read(first * size, counts, 0, images * size);
    return new CountImages(counts, images, x.dimension(1), countsPerUnit, grid);
  }
}
