package org.qsnn.binary;

import java.util.Arrays;
import org.qsnn.binary.InputGradient.SignedWeights;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * In integers of 16 bits: gradients of the output, times the weights' scales, are rounded at random
 * once, so that their mean is right, to multiples of a power of two for each strip; all sums of
 * these are exact (decision 0036).
 */
final class PackedGradients implements ConvolutionGradients {
  private enum Role {
    INPUT_IMAGES,
    PLACES
  }

  private final StripGrid grid;
  private final int inputs;
  private final int outputs;
  private final int countsPerUnit;
  private final GradientRounding rounding;
  private final PackedInputGradient toInput;
  private final PackedWeightGradient toWeights;

  PackedGradients(StripGrid grid, Convolution c, int countsPerUnit) {
    this.grid = grid;
    this.inputs = c.inChannels();
    this.outputs = c.outChannels();
    this.countsPerUnit = countsPerUnit;
    this.rounding = new GradientRounding(grid, c);
    this.toInput = PackedInputGradient.of(grid, c);
    this.toWeights = new PackedWeightGradient(grid, c);
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
    int most = 2 * grid.images();
    int xSize = x.size() / images;
    float[] xImages = workspace.floats(Role.INPUT_IMAGES, most * xSize);
    int mostPlaces = grid.images() * xSize * countsPerUnit;
    int[] places = workspace.ints(Role.PLACES, mostPlaces + PlaneCopies.MORE_PLACES);
    float[] sums = toWeights.layout().zeros(workspace);
    for (int first = 0; first < images; first += most) {
      int count = Math.min(most, images - first);
      PackedGradient strip = rounding.read(dy, first, count, weights.scales(), workspace);
      for (int half = 0; half < count; half += strip.half()) {
        int some = Math.min(strip.half(), count - half);
        SpikeImages spikes = SpikeImages.of(x, first + half, some, countsPerUnit, grid, workspace);
        SpikeList list =
            new SpikeList(grid, spikes, some, inputs, PackedWeightGradient.BLOCK, places);
        toWeights.add(list, strip, half > 0, sums, workspace);
      }
      toInput.of(weights.entries(), strip, xImages, workspace);
      dx.write(first * xSize, xImages, 0, count * xSize);
    }
    toWeights.layout().write(sums, factors(weights.scales()), dw, at);
  }

  /** What the scales did, taken back; a channel whose scale is 0 has no weights. */
  private float[] factors(float[] scales) {
    float[] factors = Arrays.copyOf(scales, outputs);
    for (int c = 0; c < outputs; c++) {
      factors[c] = scales[c] == 0 ? 0 : 1f / (scales[c] * countsPerUnit);
    }
    return factors;
  }
}
