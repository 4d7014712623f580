package org.qsnn.binary;

import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.layer.BatchMoments;
import org.qsnn.layer.Synapses;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Readable;
import org.qsnn.tensor.Workspace;

/**
 * A convolution without bias of spikes, or of pooled spikes, with weights ±scale.
 *
 * <p>The forward sums are integers; times a scale that is a power of two, the output is exact: bit
 * for bit what a float convolution gives. Gradients are floats, added in an order that depends on
 * the shapes alone.
 */
public final class BinaryConvolution implements Synapses {
  private final Convolution spec;
  private final QuantizedTensor weights;
  private final int countsPerUnit;
  private final StripGrid forwardGrid;
  private final StripGrid backwardGrid;
  private final SignTransform forward;
  private final float[] scales;

  /**
   * @param weights a binary form, {@code [out, in, k, k]}
   * @param countsPerUnit inputs are multiples of 1/countsPerUnit from 0 to 1: 1 for spikes, 4 after
   *     a 2×2 average pool
   * @param size height and width of the input
   */
  public BinaryConvolution(Convolution spec, QuantizedTensor weights, int countsPerUnit, int size) {
    this.spec = spec;
    this.weights = weights;
    this.countsPerUnit = countsPerUnit;
    this.forwardGrid = StripGrid.forward(spec, size);
    this.backwardGrid = StripGrid.backward(spec, size);
    this.forward = SignTransform.forward(forwardGrid, weights);
    this.scales = new float[spec.outChannels() + SignSums.LARGE_GROUP];
    for (int c = 0; c < spec.outChannels(); c++) {
      scales[c] = weights.scale(c);
    }
    if (countsPerUnit > SignSums.LARGEST_COUNT / SignSums.GROUP) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected inputs of at most %d spikes, found %d",
              spec.name(),
              SignSums.LARGEST_COUNT / SignSums.GROUP,
              countsPerUnit));
    }
    long largest = (long) countsPerUnit * spec.inChannels() * spec.kernel() * spec.kernel();
    if (largest > Short.MAX_VALUE) {
      throw new ConfigurationException(
          spec.name()
              + ": sums of up to "
              + largest
              + " spikes do not fit 16 bits; lower network.width-factor");
    }
  }

  @Override
  public void forward(Activation x, FloatTensor y, BatchMoments moments, Workspace workspace) {
    StripGrid grid = forwardGrid;
    FlatRows flat = new FlatRows(grid);
    float[] factors = new float[spec.outChannels()];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = scales[c] / countsPerUnit;
    }
    int images = x.dimension(0);
    int most = FlatRows.QUARTERS * grid.images();
    float[] yImages = workspace.floats("outputs", most * imageSize(y));
    float[] flatRows = workspace.floats("flat", FlatRows.QUARTERS * grid.rowLength());
    int[] rows = workspace.ints("rows", forward.inputRows() * grid.rowLength());
    int[] sums = workspace.ints("sums", forward.countSumsLength());
    int[] table = workspace.ints("table", forward.tableLength());
    for (int first = 0; first < images; first += most) {
      int count = Math.min(most, images - first);
      int positions = grid.positions(FlatRows.quarter(count));
      SpikeImages spikes = SpikeImages.of(x, first, count, countsPerUnit, grid, workspace);
      flat.pack(spikes, count, spec.inChannels(), rows, forward.inputRows());
      forward.apply(rows, countsPerUnit, positions, table, sums);
      flat.unpack(sums, count, spec.outChannels(), factors, flatRows, yImages);
      y.write(first * imageSize(y), yImages, 0, count * imageSize(y));
      if (moments != null) {
        moments.add(yImages, count);
      }
    }
  }

  @Override
  public void backward(
      Activation x, Readable dy, FloatTensor dx, float[] dw, int at, Workspace workspace) {
    StripGrid grid = backwardGrid;
    FlatRows flat = new FlatRows(grid);
    InputGradient toInput = InputGradient.of(grid, weights, scales, workspace);
    SpikeGradient toWeights =
        new SpikeGradient(grid, spec.inChannels(), spec.outChannels(), workspace);
    int images = x.dimension(0);
    float[] xImages = workspace.floats("images", grid.images() * imageSize(x));
    int dySize = spec.outChannels() * grid.side() * grid.side();
    float[] dyImages = workspace.floats("outputs", grid.images() * dySize);
    int rows = spec.outChannels() + SignSums.LARGE_GROUP;
    float[] gradients = workspace.floats("gradients", rows * grid.rowLength());
    float[] columns = workspace.floats("columns", toWeights.columnsLength());
    int mostPlaces = grid.images() * imageSize(x) * countsPerUnit;
    int[] places = workspace.ints("places", mostPlaces + SignSums.MORE_PLACES);
    for (int first = 0; first < images; first += grid.images()) {
      int count = Math.min(grid.images(), images - first);
      dy.read(first * dySize, dyImages, 0, count * dySize);
      flat.spread(dyImages, count, spec.outChannels(), gradients, rows);
      SpikeImages spikes = SpikeImages.of(x, first, count, countsPerUnit, grid, workspace);
      SpikeList list =
          new SpikeList(grid, spikes, count, spec.inChannels(), toWeights.block(), places);
      toWeights.add(list, gradients, columns);
      toInput.of(dyImages, gradients, count, xImages);
      dx.write(first * imageSize(dx), xImages, 0, count * imageSize(dx));
    }
    toWeights.write(1f / countsPerUnit, dw, at);
  }

  private static int imageSize(Activation tensor) {
    return tensor.size() / tensor.dimension(0);
  }
}
