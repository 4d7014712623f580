package org.qsnn.binary;

import java.util.List;
import org.qsnn.binary.InputGradient.SignedWeights;
import org.qsnn.binary.TableSums.CountTerms;
import org.qsnn.layer.BatchMoments;
import org.qsnn.layer.Synapses;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * A convolution without bias of spikes, or of pooled spikes, with weights ±scale.
 *
 * <p>The forward sums are integers; times a scale that is a power of two, the output is exact: bit
 * for bit what a float convolution gives. Gradients are added as the plan says ({@link
 * ConvolutionGradients}).
 *
 * <p>Tasks may share one, each with a workspace of its own: which entries the weights choose is
 * found out once, ahead or when the first of them needs it.
 */
public final class BinaryConvolution implements Synapses {
  private enum Role {
    OUTPUT_IMAGES,
    COUNT_ROWS,
    COUNT_TABLE,
    COUNT_SUMS,
    SUM_ROWS
  }

  private final ConvolutionPlan plan;
  private final QuantizedTensor weights;
  private final float[] scales;
  private final Object forwardLock = new Object();
  private final Object backwardLock = new Object();
  private Entries forwardEntries;
  private Entries backwardEntries;

  /**
   * @param weights a binary form, {@code [out, in, k, k]}
   */
  public BinaryConvolution(ConvolutionPlan plan, QuantizedTensor weights) {
    this.plan = plan;
    this.weights = weights;
    int channels = plan.spec().outChannels();
    this.scales = new float[channels + TableSums.LARGE_GROUP];
    for (int c = 0; c < channels; c++) {
      scales[c] = weights.scale(c);
    }
  }

  @Override
  public List<Runnable> sharedWork() {
    return List.of(this::forwardEntries, this::backwardEntries);
  }

  private Entries forwardEntries() {
    synchronized (forwardLock) {
      if (forwardEntries == null) {
        forwardEntries = plan.forwardSums().entries(weights);
      }
      return forwardEntries;
    }
  }

  private Entries backwardEntries() {
    synchronized (backwardLock) {
      if (backwardEntries == null) {
        backwardEntries = plan.gradients().entries(weights);
      }
      return backwardEntries;
    }
  }

  @Override
  public void forward(Activation x, FloatTensor y, BatchMoments moments, Workspace workspace) {
    StripGrid grid = plan.forwardGrid();
    FlatSums flatSums = plan.forwardSums();
    FlatRows flat = new FlatRows(grid);
    int countsPerUnit = plan.countsPerUnit();
    int channels = plan.spec().outChannels();
    float[] factors = new float[channels];
    for (int c = 0; c < channels; c++) {
      factors[c] = scales[c] / countsPerUnit;
    }
    int images = x.dimension(0);
    int most = FlatRows.QUARTERS * grid.images();
    float[] yImages = workspace.floats(Role.OUTPUT_IMAGES, most * imageSize(y));
    float[] sumRows = workspace.floats(Role.SUM_ROWS, FlatRows.QUARTERS * grid.rowLength());
    int[] rows = workspace.ints(Role.COUNT_ROWS, flatSums.inputRows() * grid.rowLength());
    int[] table = workspace.ints(Role.COUNT_TABLE, flatSums.tableLength());
    int[] sums = workspace.ints(Role.COUNT_SUMS, flatSums.countSumsLength());
    CountTerms terms = new CountTerms(table, forwardEntries().places(), sums);
    for (int first = 0; first < images; first += most) {
      int count = Math.min(most, images - first);
      int positions = grid.positions(FlatRows.quarter(count));
      SpikeImages spikes = SpikeImages.of(x, first, count, countsPerUnit, grid, workspace);
      flat.pack(spikes, count, plan.spec().inChannels(), rows, flatSums.inputRows());
      flatSums.apply(rows, countsPerUnit, positions, terms);
      flat.unpack(sums, count, channels, factors, sumRows, yImages);
      y.write(first * imageSize(y), yImages, 0, count * imageSize(y));
      if (moments != null) {
        moments.add(yImages, count);
      }
    }
  }

  @Override
  public void backward(
      Activation x, FloatSource dy, FloatTensor dx, float[] dw, int at, Workspace workspace) {
    SignedWeights signed = new SignedWeights(backwardEntries(), scales);
    plan.gradients().of(x, dy, signed, dx, dw, at, workspace);
  }

  private static int imageSize(Activation tensor) {
    return tensor.size() / tensor.dimension(0);
  }
}
