package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.InputGradient.OutputGradient;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
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
  public void of(GradientPass pass, float[] dw, int at) {
    if (pass.shards() == 1) {
      alone(pass, dw, at);
    } else {
      together(pass, dw, at);
    }
  }

  /** Strip by strip, with sums of all weights. */
  private void alone(GradientPass pass, float[] dw, int at) {
    WeightSums layout = toWeights.layout();
    float[] rows = pass.workspace().floats(Role.GRADIENT_ROWS, rowsLength());
    float[] sums = layout.zeros(pass.workspace());
    int[] places = places(pass, grid.images());
    for (int first = 0; first < pass.images(); first += grid.images()) {
      Strip strip = strip(pass, first, rows, places, 0);
      for (int b = 0; b < layout.blocks(); b++) {
        float[] columns = toWeights.columns(rows, b, pass.workspace());
        int from = b * layout.blockSums();
        toWeights.add(strip.spikes(), 0, strip.spikes().lines(), columns, sums, from);
      }
    }
    layout.write(sums, factors(), dw, at);
  }

  /** All strips of all shards wait, so that a block's sums are summed over the shards at once. */
  private void together(GradientPass pass, float[] dw, int at) {
    int count = (pass.images() + grid.images() - 1) / grid.images();
    float[][] rows = pass.workspace().vectors(Role.ROWS_OF_STRIPS, count, rowsLength());
    int[] places = places(pass, pass.images());
    List<Strip> strips = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < count; i++) {
      Strip strip = strip(pass, i * grid.images(), rows[i], places, end);
      strips.add(strip);
      end = strip.spikes().end();
    }
    WeightSums layout = toWeights.layout();
    PairwiseSum sum = layout.pairwise(pass.shards(), pass.workspace());
    float[] factors = factors();
    float[] ones = new float[outputs];
    Arrays.fill(ones, 1f);
    for (int b = 0; b < layout.blocks(); b++) {
      Arrays.fill(sum.next(), 0, layout.blockSums(), 0f);
      for (Strip strip : strips) {
        add(strip, pass.ofShard(), b, factors, sum, pass.workspace());
      }
      layout.write(b, sum.total(), 0, ones, dw, at);
    }
  }

  /** Adds a strip to the sums of a block, and those of a shard that ends in it to all. */
  private void add(
      Strip strip, int ofShard, int block, float[] factors, PairwiseSum sum, Workspace workspace) {
    WeightSums layout = toWeights.layout();
    float[] columns = toWeights.columns(strip.rows(), block, workspace);
    int last = strip.first() + strip.images();
    for (int image = strip.first(); image < last; ) {
      int end = Math.min(last, (image / ofShard + 1) * ofShard);
      int from = (image - strip.first()) * grid.side();
      int to = (end - strip.first()) * grid.side();
      toWeights.add(strip.spikes(), from, to, columns, sum.next(), 0);
      if (end % ofShard == 0) {
        layout.scale(sum.next(), block, factors);
        sum.add();
        Arrays.fill(sum.next(), 0, layout.blockSums(), 0f);
      }
      image = end;
    }
  }

  private float[] factors() {
    float[] factors = new float[outputs];
    Arrays.fill(factors, 1f / countsPerUnit);
    return factors;
  }

  /**
   * Images that lie side by side, of whichever shards.
   *
   * @param rows their gradients of the output, as flat rows
   */
  private record Strip(int first, int images, float[] rows, SpikeList spikes) {}

  /** Reads a strip, and writes its gradient of the input. */
  private Strip strip(GradientPass pass, int first, float[] rows, int[] places, int start) {
    Workspace workspace = pass.workspace();
    int count = Math.min(grid.images(), pass.images() - first);
    int size = outputs * grid.side() * grid.side();
    float[] values = workspace.floats(Role.OUTPUT_IMAGES, grid.images() * size);
    pass.read(first, count, size, values);
    flatRows.spread(values, count, outputs, rows, outputs + TableSums.LARGE_GROUP);
    float[] xImages = workspace.floats(Role.INPUT_IMAGES, grid.images() * pass.xSize());
    toInput.of(pass.weights(), new OutputGradient(count, values, rows), xImages, workspace);
    pass.dx().write(first * pass.xSize(), xImages, 0, count * pass.xSize());
    SpikeImages spikes = SpikeImages.of(pass.x(), first, count, countsPerUnit, grid, workspace);
    SpikeList list =
        new SpikeList(grid, spikes, count, inputs, WeightGradient.BLOCK, places, start);
    return new Strip(first, count, rows, list);
  }

  private int rowsLength() {
    return (outputs + TableSums.LARGE_GROUP) * grid.rowLength();
  }

  /** Room for the places of so many images' spikes. */
  private int[] places(GradientPass pass, int images) {
    int most = images * pass.xSize() * countsPerUnit;
    return pass.workspace().ints(Role.PLACES, most + PlaneCopies.MORE_PLACES);
  }
}
