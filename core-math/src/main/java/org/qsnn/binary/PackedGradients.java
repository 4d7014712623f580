package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.InputGradient.SignedWeights;
import org.qsnn.binary.PackedGradient.Strip;
import org.qsnn.binary.PackedGradient.Window;
import org.qsnn.binary.PackedWeightGradient.Half;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.PairwiseSum;
import org.qsnn.tensor.Workspace;

/**
 * In integers of 16 bits: gradients of the output, times the weights' scales, are rounded at random
 * once, so that their mean is right, to multiples of a power of two for each strip; all sums of
 * these are exact (decision 0036).
 */
final class PackedGradients implements ConvolutionGradients {
  private static final boolean[] HALVES = {false, true};

  private enum Role {
    INPUT_IMAGES,
    PACKED,
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
      List<? extends FloatSource> dy,
      SignedWeights weights,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace) {
    if (dy.size() == 1) {
      alone(x, dy.get(0), weights, dx, dw, at, workspace);
    } else {
      together(x, dy, weights, dx, dw, at, workspace);
    }
  }

  /** Strip by strip, with sums of all weights. */
  private void alone(
      Activation x,
      FloatSource dy,
      SignedWeights weights,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace) {
    int images = x.dimension(0);
    WeightSums layout = toWeights.layout();
    float[] sums = layout.zeros(workspace);
    int[] columns = toWeights.columns(workspace);
    for (int first = 0; first < images; first += rounding.most()) {
      int count = Math.min(rounding.most(), images - first);
      PackedGradient strip = packed(grid.images(), workspace);
      rounding.read(
          dy, first, count, first, weights.scales(), workspace.random(0), strip, workspace);
      Spikes spikes = new Spikes(x, places(x, grid.images(), workspace), workspace);
      for (boolean isHigh : HALVES) {
        if (isThere(strip.strips().get(0), isHigh)) {
          Half half = spikes.half(strip, strip.strips().get(0), isHigh);
          for (int b = 0; b < layout.blocks(); b++) {
            toWeights.add(half, b, columns, sums, b * layout.blockSums(), workspace);
          }
        }
        spikes.clear();
      }
      toInput(strip, weights, x, dx, workspace);
    }
    layout.write(sums, factors(weights.scales()), dw, at);
  }

  /** All strips of all shards wait, so that a block's sums are summed over the shards at once. */
  private void together(
      Activation x,
      List<? extends FloatSource> dy,
      SignedWeights weights,
      FloatTensor dx,
      float[] dw,
      int at,
      Workspace workspace) {
    int shards = dy.size();
    int images = x.dimension(0) / shards;
    PackedGradient all = packed(shards * rounding.slots(images), workspace);
    for (int s = 0; s < shards; s++) {
      rounding.readShard(
          dy.get(s), s * images, images, weights.scales(), workspace.random(s), all, workspace);
    }
    toInput(all, weights, x, dx, workspace);
    Spikes spikes = new Spikes(x, places(x, x.dimension(0), workspace), workspace);
    List<Half> halves = new ArrayList<>();
    for (Strip strip : all.strips()) {
      for (boolean isHigh : HALVES) {
        if (isThere(strip, isHigh)) {
          halves.add(spikes.half(all, strip, isHigh));
        }
      }
    }
    WeightSums layout = toWeights.layout();
    PairwiseSum sum = layout.pairwise(shards, workspace);
    int[] columns = toWeights.columns(workspace);
    float[] factors = factors(weights.scales());
    float[] ones = new float[outputs];
    Arrays.fill(ones, 1f);
    for (int b = 0; b < layout.blocks(); b++) {
      int next = 0;
      for (int end = images; end <= x.dimension(0); end += images) {
        Arrays.fill(sum.next(), 0, layout.blockSums(), 0f);
        for (; next < halves.size() && halves.get(next).strip().first() < end; next++) {
          toWeights.add(halves.get(next), b, columns, sum.next(), 0, workspace);
        }
        layout.scale(sum.next(), b, factors);
        sum.add();
      }
      layout.write(b, sum.total(), 0, ones, dw, at);
    }
  }

  private PackedGradient packed(int slots, Workspace workspace) {
    int length = PackedGradient.length(outputs, grid.side(), slots);
    return new PackedGradient(outputs, grid.side(), slots, workspace.ints(Role.PACKED, length));
  }

  /** Room for the places of so many images' spikes. */
  private int[] places(Activation x, int images, Workspace workspace) {
    int most = images * (x.size() / x.dimension(0)) * countsPerUnit;
    return workspace.ints(Role.PLACES, most + PlaneCopies.MORE_PLACES);
  }

  private static boolean isThere(Strip strip, boolean isHigh) {
    return !isHigh || strip.images() > strip.half();
  }

  /** Lists the spikes of halves, one behind the other. */
  private final class Spikes {
    private final Activation x;
    private final int[] places;
    private final Workspace workspace;
    private int end;

    Spikes(Activation x, int[] places, Workspace workspace) {
      this.x = x;
      this.places = places;
      this.workspace = workspace;
    }

    Half half(PackedGradient dy, Strip strip, boolean isHigh) {
      int count = isHigh ? strip.images() - strip.half() : strip.half();
      int first = strip.first() + (isHigh ? strip.half() : 0);
      SpikeImages images = SpikeImages.of(x, first, count, countsPerUnit, grid, workspace);
      SpikeList list =
          new SpikeList(grid, images, count, inputs, PackedWeightGradient.BLOCK, places, end);
      end = list.end();
      return new Half(dy, strip, isHigh, list);
    }

    void clear() {
      end = 0;
    }
  }

  private void toInput(
      PackedGradient dy, SignedWeights weights, Activation x, FloatTensor dx, Workspace workspace) {
    int xSize = x.size() / x.dimension(0);
    float[] xImages = workspace.floats(Role.INPUT_IMAGES, rounding.most() * xSize);
    for (Window window : dy.windows(grid.images())) {
      toInput.of(weights.entries(), window, xImages, workspace);
      dx.write(window.first() * xSize, xImages, 0, window.images() * xSize);
    }
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
