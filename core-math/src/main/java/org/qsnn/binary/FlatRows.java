package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.PackedGradient.Window;
import org.qsnn.binary.PlaneCopies.Rows;

/** Copies between images {@code [N, C, H, W]} and the flat rows of a strip. */
final class FlatRows {
  private static final TableSums SUMS = TableSums.best();
  private static final PlaneCopies COPIES = PlaneCopies.best();
  private static final PackedSums PACKED_SUMS = PackedSums.best();

  private final StripGrid grid;

  FlatRows(StripGrid grid) {
    this.grid = grid;
  }

  /**
   * Spike counts of images, a quarter of them after another's in the same places; see {@link
   * SpikeImages#pack}.
   *
   * @param rows overwritten: zeros between the images and in rows without a channel
   * @param count of rows
   */
  void pack(SpikeImages x, int images, int channels, int[] rows, int count) {
    int length = grid.rowLength();
    Arrays.fill(rows, 0, count * length, 0);
    int[] whole = new int[grid.size() * grid.size() + PlaneCopies.MORE_PLACES];
    for (int slot = 0; slot < SpikeImages.quarter(images); slot++) {
      int[] four = SpikeImages.four(slot, images);
      for (int c = 0; c < channels; c++) {
        int to = c * grid.phases() * length + grid.reach() + grid.position(slot, 0);
        if (grid.stride() == 1) {
          x.pack(four, c, rows, to, grid.pitch());
        } else {
          x.pack(four, c, whole, 0, grid.size());
          spreadPhases(whole, rows, to);
        }
      }
    }
  }

  private void spreadPhases(int[] whole, int[] rows, int to) {
    int size = grid.size();
    int stride = grid.stride();
    for (int phase = 0; phase < grid.phases(); phase++) {
      for (int h = phase / stride; h < size; h += stride) {
        int at = to + phase * grid.rowLength() + h / stride * grid.pitch();
        for (int i = h * size + phase % stride; i < (h + 1) * size; i += stride) {
          rows[at++] = whole[i];
        }
      }
    }
  }

  /** Output gradients of images; a row for each channel, and zeros up to {@code count} rows. */
  void spread(float[] dy, int images, int channels, float[] rows, int count) {
    Arrays.fill(rows, 0, count * grid.rowLength(), 0f);
    int side = grid.side();
    Rows lines = new Rows(side, side, side, grid.pitch());
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < channels; c++) {
        int from = (image * channels + c) * side * side;
        int to = c * grid.rowLength() + grid.reach() + grid.position(image, 0);
        COPIES.copyRows(dy, from, rows, to, lines);
      }
    }
  }

  /**
   * Sums of counts times a factor each channel, as output images.
   *
   * @param sums as {@link FlatSums} leaves them
   * @param flat scratch for {@link SpikeImages#QUARTERS} rows
   */
  void unpack(int[] sums, int images, int channels, float[] factors, float[] flat, float[] y) {
    int tile = TableSums.TILE;
    int length = grid.rowLength();
    int side = grid.side();
    int quarter = SpikeImages.quarter(images);
    int outputs = channels + 1;
    Rows lines = new Rows(side, side, grid.pitch(), side);
    for (int c = 0; c < channels; c++) {
      for (int start = 0; start < grid.positions(quarter); start += tile) {
        int sum = 2 * (start * outputs + c * tile);
        int total = 2 * (start * outputs + channels * tile);
        SUMS.unpack(sums, sum, total, factors[c], flat, start, length);
      }
      for (int image = 0; image < images; image++) {
        int from = image / quarter * length + grid.position(image % quarter, 0);
        int to = (image * channels + c) * side * side;
        COPIES.copyRows(flat, from, y, to, lines);
      }
    }
  }

  /** Packed output gradients; a row for each channel, and zeros up to {@code count} rows. */
  void spread(Window dy, int[] rows, int count) {
    Arrays.fill(rows, 0, count * grid.rowLength(), 0);
    int side = grid.side();
    Rows lines = new Rows(side, side, side, grid.pitch());
    for (int slot = 0; slot < dy.slots(); slot++) {
      for (int c = 0; c < dy.of().outputs(); c++) {
        int to = c * grid.rowLength() + grid.reach() + grid.position(slot, 0);
        PACKED_SUMS.copyRows(dy.of().values(), dy.plane(slot, c), rows, to, lines);
      }
    }
  }

  /**
   * Sums of the rows (channel, phase) of input gradients, as input images.
   *
   * @param at where the sums start
   * @param place of the first image in them
   * @param first number of that image in dx
   */
  void collect(float[] sums, int at, int place, int images, int channels, float[] dx, int first) {
    int size = grid.size();
    int stride = grid.stride();
    int rows = channels * grid.phases();
    Rows lines = new Rows(size, size, grid.pitch(), size);
    if (grid.phases() < stride * stride) {
      Arrays.fill(
          dx, first * channels * size * size, (first + images) * channels * size * size, 0f);
    }
    for (int row = 0; row < rows; row++) {
      for (int image = 0; image < images; image++) {
        int from = at + row * grid.sumsPitch() + grid.position(place + image, 0);
        int to = ((first + image) * channels + row / grid.phases()) * size * size;
        if (stride == 1) {
          COPIES.copyRows(sums, from, dx, to, lines);
        } else {
          collectPhase(sums, from, row % grid.phases(), dx, to);
        }
      }
    }
  }

  private void collectPhase(float[] sums, int first, int phase, float[] dx, int to) {
    int size = grid.size();
    int stride = grid.stride();
    int from = first;
    for (int h = phase / stride; h < size; h += stride) {
      int position = from;
      for (int i = to + h * size + phase % stride; i < to + (h + 1) * size; i += stride) {
        dx[i] = sums[position++];
      }
      from += grid.pitch();
    }
  }
}
