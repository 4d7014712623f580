package org.qsnn.binary;

import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.Workspace;

/**
 * Some images of spikes, or of spikes counted by a pool, as the convolution's kernels read them.
 */
interface SpikeImages {
  enum Role {
    COUNTS
  }

  /** Images whose counts share an int. */
  int QUARTERS = 4;

  /** The plane of no image: zeros. */
  int SILENT = -1;

  /** Images of a quarter, so that four quarters hold so many. */
  static int quarter(int images) {
    return (images + QUARTERS - 1) / QUARTERS;
  }

  /** The numbers of the images that share ints: that one of each quarter, as {@code pack} wants. */
  static int[] four(int ofQuarter, int images) {
    int[] four = new int[QUARTERS];
    for (int k = 0; k < QUARTERS; k++) {
      int image = k * quarter(images) + ofQuarter;
      four[k] = image < images ? image : SILENT;
    }
    return four;
  }

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
   * @param places written from {@code first} on
   * @param line whose start is the first to be written
   * @return where the next line's places start
   */
  int list(int image, int channel, int phase, Places places, int first, int line);

  /**
   * Where places are listed.
   *
   * @param block what a place is a multiple of: place = position · block
   * @param places with room for {@link PlaneCopies#MORE_PLACES} behind the last
   * @param starts of the lines' places
   */
  record Places(int block, int[] places, int[] starts) {}

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
    int length = images * size + grid.size() * grid.size() + PlaneCopies.MORE_PLACES;
    float[] counts = workspace.floats(Role.COUNTS, length);
    x.read(first * size, counts, 0, images * size);
    return new CountImages(counts, images, x.dimension(1), countsPerUnit, grid);
  }
}
