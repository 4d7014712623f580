package org.qsnn.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.binary.PackedGradient.Strip;
import org.qsnn.binary.PackedGradient.Window;
import org.qsnn.binary.PackedWeightGradient.Half;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.QuantizedTensor;
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
  public void of(GradientPass pass, float[] dw, int at) {
    if (pass.shards() == 1) {
      alone(pass, dw, at);
    } else {
      together(pass, dw, at);
    }
  }

  /** Strip by strip, with sums of all weights. */
  private void alone(GradientPass pass, float[] dw, int at) {
    Workspace workspace = pass.workspace();
    float[] scales = pass.weights().scales();
    int images = pass.images();
    WeightSums layout = toWeights.layout();
    float[] sums = layout.zeros(workspace);
    int[] columns = toWeights.columns(workspace);
    for (int first = 0; first < images; first += rounding.most()) {
      int count = Math.min(rounding.most(), images - first);
      PackedGradient strip = packed(grid.images(), workspace);
      rounding.read(
          pass.dy().get(0), first, count, first, scales, workspace.random(0), strip, workspace);
      Spikes spikes = new Spikes(pass, places(pass, grid.images()));
      for (boolean isHigh : HALVES) {
        if (isThere(strip.strips().get(0), isHigh)) {
          Half half = spikes.half(strip, strip.strips().get(0), isHigh);
          for (int b = 0; b < layout.blocks(); b++) {
            toWeights.add(half, b, columns, sums, b * layout.blockSums(), workspace);
          }
        }
        spikes.clear();
      }
      toInput(strip, pass);
    }
    layout.write(sums, factors(scales), dw, at);
  }

  /** All strips of all shards wait, so that a block's sums are summed over the shards at once. */
  private void together(GradientPass pass, float[] dw, int at) {
    Workspace workspace = pass.workspace();
    float[] scales = pass.weights().scales();
    int shards = pass.shards();
    int images = pass.ofShard();
    PackedGradient all = packed(shards * rounding.slots(images), workspace);
    for (int s = 0; s < shards; s++) {
      rounding.readShard(
          pass.dy().get(s), s * images, images, scales, workspace.random(s), all, workspace);
    }
    toInput(all, pass);
    Spikes spikes = new Spikes(pass, places(pass, pass.images()));
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
    float[] factors = factors(scales);
    float[] ones = new float[outputs];
    Arrays.fill(ones, 1f);
    for (int b = 0; b < layout.blocks(); b++) {
      int next = 0;
      for (int end = images; end <= pass.images(); end += images) {
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
  private int[] places(GradientPass pass, int images) {
    int most = images * pass.xSize() * countsPerUnit;
    return pass.workspace().ints(Role.PLACES, most + PlaneCopies.MORE_PLACES);
  }

  private static boolean isThere(Strip strip, boolean isHigh) {
    return !isHigh || strip.images() > strip.half();
  }

  /** Lists the spikes of halves, one behind the other. */
  private final class Spikes {
    private final GradientPass pass;
    private final int[] places;
    private int end;

    Spikes(GradientPass pass, int[] places) {
      this.pass = pass;
      this.places = places;
    }

    Half half(PackedGradient dy, Strip strip, boolean isHigh) {
      int count = isHigh ? strip.images() - strip.half() : strip.half();
      int first = strip.first() + (isHigh ? strip.half() : 0);
      SpikeImages images =
          SpikeImages.of(pass.x(), first, count, countsPerUnit, grid, pass.workspace());
      SpikeList list =
          new SpikeList(grid, images, count, inputs, PackedWeightGradient.BLOCK, places, end);
      end = list.end();
      return new Half(dy, strip, isHigh, list);
    }

    void clear() {
      end = 0;
    }
  }

  private void toInput(PackedGradient dy, GradientPass pass) {
    int xSize = pass.xSize();
    float[] xImages = pass.workspace().floats(Role.INPUT_IMAGES, rounding.most() * xSize);
    for (Window window : dy.windows(grid.images())) {
      toInput.of(pass.weights().entries(), window, xImages, pass.workspace());
      pass.dx().write(window.first() * xSize, xImages, 0, window.images() * xSize);
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
