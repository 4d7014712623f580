package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.InputGradient.OutputGradient;
import org.qsnn.binary.InputGradient.SignedWeights;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/** In floats, added in an order that depends on the shapes alone. */
final class FloatGradients implements ConvolutionGradients {
  private enum Role {
    INPUT_IMAGES,
    OUTPUT_IMAGES,
    GRADIENT_ROWS,
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
      FloatSource dy,
      SignedWeights weights,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace) {
    int images = x.dimension(0);
    int xSize = x.size() / images;
    int dySize = outputs * grid.side() * grid.side();
    float[] xImages = workspace.floats(Role.INPUT_IMAGES, grid.images() * xSize);
    float[] dyImages = workspace.floats(Role.OUTPUT_IMAGES, grid.images() * dySize);
    int rows = outputs + TableSums.LARGE_GROUP;
    float[] gradients = workspace.floats(Role.GRADIENT_ROWS, rows * grid.rowLength());
    int mostPlaces = grid.images() * xSize * countsPerUnit;
    int[] places = workspace.ints(Role.PLACES, mostPlaces + PlaneCopies.MORE_PLACES);
    float[] sums = toWeights.layout().zeros(workspace);
    for (int first = 0; first < images; first += grid.images()) {
      int count = Math.min(grid.images(), images - first);
      dy.read(first * dySize, dyImages, 0, count * dySize);
      flatRows.spread(dyImages, count, outputs, gradients, rows);
      SpikeImages spikes = SpikeImages.of(x, first, count, countsPerUnit, grid, workspace);
      SpikeList list = new SpikeList(grid, spikes, count, inputs, WeightGradient.BLOCK, places);
      toWeights.add(list, gradients, sums, workspace);
      toInput.of(weights, new OutputGradient(count, dyImages, gradients), xImages, workspace);
      dx.write(first * xSize, xImages, 0, count * xSize);
    }
    float[] factors = new float[outputs];
    Arrays.fill(factors, 1f / countsPerUnit);
    toWeights.layout().write(sums, factors, dw, at);
  }
}
