package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.InputGradient.OutputGradient;
import org.qsnn.binary.InputGradient.SignedWeights;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.PairwiseSum;
import org.qsnn.tensor.Workspace;

/** In floats, added in an order that depends on the shapes alone. */
final class FloatGradients implements ConvolutionGradients {
  private enum Role {
    INPUT_IMAGES,
    OUTPUT_IMAGES,
    GRADIENT_ROWS,
    ROWS_OF_STRIPS,
    PLACES
  }

  private final StripGrid grid;
  private final int inputs;
  private final int outputs;
  private final int countsPerUnit;
  private final FlatRows flatRows;
  private final InputGradient toInput;
  private final WeightGradient toWeights;

  FloatGradients(StripGrid grid, Convolution c, int countsPerUnit) {
    this.grid = grid;
    this.inputs = c.inChannels();
    this.outputs = c.outChannels();
    this.countsPerUnit = countsPerUnit;
    this.flatRows = new FlatRows(grid);
    this.toInput = InputGradient.of(grid, c);
    this.toWeights = new WeightGradient(grid, c);
  }

  @Override
  public Entries entries(QuantizedTensor weights) {
    return toInput.entries(weights);
  }

  @Override
  public void of(
      Activation x,
      List<? extends FloatSource> dy,
      SignedWeights weights,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace) {
    int images = x.dimension(0);
    Images read = new Images(dy, images / dy.size(), workspace);
    float[] factors = new float[outputs];
    Arrays.fill(factors, 1f / countsPerUnit);
    if (dy.size() == 1) {
      float[] rows = workspace.floats(Role.GRADIENT_ROWS, rowsLength());
      float[] sums = toWeights.layout().zeros(workspace);
      for (int first = 0; first < images; first += grid.images()) {
        int count = Math.min(grid.images(), images - first);
        int[] places = places(x, grid.images(), workspace);
        Strip strip = strip(x, read, first, count, rows, places, 0, workspace);
        for (int b = 0; b < toWeights.layout().blocks(); b++) {
          float[] columns = toWeights.columns(rows, b, workspace);
          int blockSums = b * toWeights.layout().blockSums();
          toWeights.add(strip.spikes(), 0, strip.spikes().lines(), columns, sums, blockSums);
        }
        toInput(strip, weights, dx, workspace);
      }
      toWeights.layout().write(sums, factors, dw, at);
      return;
    }
    List<Strip> strips = new ArrayList<>();
    int count = (images + grid.images() - 1) / grid.images();
    float[][] rows = workspace.vectors(Role.ROWS_OF_STRIPS, count, rowsLength());
    int[] places = places(x, images, workspace);
    int end = 0;
    for (int first = 0; first < images; first += grid.images()) {
      int some = Math.min(grid.images(), images - first);
      Strip strip = strip(x, read, first, some, rows[strips.size()], places, end, workspace);
      toInput(strip, weights, dx, workspace);
      strips.add(strip);
      end = strip.spikes().end();
    }
    addTogether(strips, dy.size(), images / dy.size(), factors, dw, at, workspace);
  }

  /** The gradient of the weights, block by block, summed over the shards at once. */
  private void addTogether(
      List<Strip> strips,
      int shards,
      int ofShard,
      float[] factors,
      float[] dw,
      int at,
      Workspace workspace) {
    WeightSums layout = toWeights.layout();
    PairwiseSum sum = layout.pairwise(shards, workspace);
    float[] ones = new float[outputs];
    Arrays.fill(ones, 1f);
    for (int b = 0; b < layout.blocks(); b++) {
      Arrays.fill(sum.next(), 0, layout.blockSums(), 0f);
      for (Strip strip : strips) {
        float[] columns = toWeights.columns(strip.rows(), b, workspace);
        int last = strip.first() + strip.images();
        int image = strip.first();
        while (image < last) {
          int end = Math.min(last, (image / ofShard + 1) * ofShard);
          int from = (image - strip.first()) * grid.side();
          int to = (end - strip.first()) * grid.side();
          toWeights.add(strip.spikes(), from, to, columns, sum.next(), 0);
          image = end;
          if (image % ofShard == 0) {
            layout.scale(sum.next(), b, factors);
            sum.add();
            Arrays.fill(sum.next(), 0, layout.blockSums(), 0f);
          }
        }
      }
      layout.write(b, sum.total(), 0, ones, dw, at);
    }
  }

  /**
   * Images that lie side by side.
   *
   * @param rows their gradients of the output, as flat rows
   */
  private record Strip(int first, int images, float[] values, float[] rows, SpikeList spikes) {}

  /** Reads images of some shards, as if they were one. */
  private record Images(List<? extends FloatSource> shards, int ofShard, Workspace workspace) {
    float[] read(int first, int count, int size, int most) {
      float[] values = workspace.floats(Role.OUTPUT_IMAGES, most * size);
      for (int image = first; image < first + count; ) {
        int inShard = image % ofShard;
        int some = Math.min(first + count - image, ofShard - inShard);
        int to = (image - first) * size;
        shards.get(image / ofShard).read(inShard * size, values, to, some * size);
        image += some;
      }
      return values;
    }
  }

  private Strip strip(
      Activation x,
      Images read,
      int first,
      int count,
      float[] rows,
      int[] places,
      int start,
      Workspace workspace) {
    float[] values = read.read(first, count, outputs * grid.side() * grid.side(), grid.images());
    flatRows.spread(values, count, outputs, rows, outputs + TableSums.LARGE_GROUP);
    SpikeImages spikes = SpikeImages.of(x, first, count, countsPerUnit, grid, workspace);
    SpikeList list =
        new SpikeList(grid, spikes, count, inputs, WeightGradient.BLOCK, places, start);
    return new Strip(first, count, values, rows, list);
  }

  private void toInput(Strip strip, SignedWeights weights, FloatTensor dx, Workspace workspace) {
    int xSize = dx.size() / dx.dimension(0);
    float[] xImages = workspace.floats(Role.INPUT_IMAGES, grid.images() * xSize);
    OutputGradient dy = new OutputGradient(strip.images(), strip.values(), strip.rows());
    toInput.of(weights, dy, xImages, workspace);
    dx.write(strip.first() * xSize, xImages, 0, strip.images() * xSize);
  }

  private int rowsLength() {
    return (outputs + TableSums.LARGE_GROUP) * grid.rowLength();
  }

  /** Room for the places of so many images' spikes. */
  private int[] places(Activation x, int images, Workspace workspace) {
    int most = images * (x.size() / x.dimension(0)) * countsPerUnit;
    return workspace.ints(Role.PLACES, most + PlaneCopies.MORE_PLACES);
  }
}
