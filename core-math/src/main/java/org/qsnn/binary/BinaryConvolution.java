package org.qsnn.binary;

import java.util.List;
import java.util.Optional;
import org.qsnn.binary.InputGradient.SignedWeights;
import org.qsnn.layer.BatchMoments;
import org.qsnn.layer.Synapses;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.neuron.BlockCurrent;
import org.qsnn.slice.SlicedConvolution;
import org.qsnn.slice.SlicedWeights;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;
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
    OUTPUT_IMAGES
  }

  private final ConvolutionPlan plan;
  private final QuantizedTensor weights;
  private final float[] scales;
  private final Object forwardLock = new Object();
  private final Object backwardLock = new Object();
  private final Object sliceLock = new Object();
  private Entries forwardEntries;
  private Entries backwardEntries;
  private SlicedWeights slicedWeights;

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
        forwardEntries = plan.spikeSums().entries(weights);
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
    SpikeSums sums = plan.spikeSums();
    Entries entries = forwardEntries();
    int countsPerUnit = plan.countsPerUnit();
    float[] factors = new float[plan.spec().outChannels()];
    for (int c = 0; c < factors.length; c++) {
      factors[c] = scales[c] / countsPerUnit;
    }
    int images = x.dimension(0);
    float[] yImages = workspace.floats(Role.OUTPUT_IMAGES, sums.images() * imageSize(y));
    for (int first = 0; first < images; first += sums.images()) {
      int count = Math.min(sums.images(), images - first);
      SpikeImages spikes =
          SpikeImages.of(x, first, count, countsPerUnit, plan.forwardGrid(), workspace);
      sums.of(spikes, count, entries, factors, yImages, workspace);
      y.write(first * imageSize(y), yImages, 0, count * imageSize(y));
      if (moments != null) {
        moments.add(yImages, count);
      }
    }
  }

  @Override
  public Optional<BlockCurrent> blocks(
      Activation x, BlockGrid grid, int batch, int branch, Workspace workspace) {
    if (x instanceof BitTensor spikes && plan.countsPerUnit() == 1) {
      return Optional.of(
          new SlicedConvolution(
              plan.taps(), slicedWeights(), spikes, grid, batch, branch, workspace));
    }
    return Optional.empty();
  }

  private SlicedWeights slicedWeights() {
    synchronized (sliceLock) {
      if (slicedWeights == null) {
        slicedWeights = new SlicedWeights(weights);
      }
      return slicedWeights;
    }
  }

  @Override
  public void backward(
      Activation x,
      List<? extends FloatSource> dy,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace) {
    SignedWeights signed = new SignedWeights(backwardEntries(), scales);
    plan.gradients().of(new GradientPass(x, dy, signed, dx, workspace), dw, at);
  }

  private static int imageSize(Activation tensor) {
    return tensor.size() / tensor.dimension(0);
  }
}
