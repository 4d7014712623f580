package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.NetworkSpec.Readout;

/**
 * VGGSNN: eight 3×3 convolutions with bias, widths w, 2w, 4w, 4w, 8w ×4, each with BN and LIF; a
 * 2×2 average pool after the 2nd, 4th, 6th and 8th; the readout sees the flattened rest, as in the
 * published code, or the average of each channel, as the paper's Table 2 counts.
 */
final class Vggsnn implements Architecture {
  private static final int[] FACTORS = {1, 2, 4, 4, 8, 8, 8, 8};

  @Override
  public String key() {
    return "vggsnn";
  }

  @Override
  public int fullWidth() {
    return 64;
  }

  @Override
  public int sizeMultiple() {
    return 16;
  }

  @Override
  public UsualInput usualInput() {
    return new UsualInput(2, 48, false);
  }

  @Override
  public Head usualHead() {
    return Head.FLATTENED;
  }

  @Override
  public List<Layer> layers(int width, int inputChannels, int inputSize, Head head) {
    List<Layer> layers = new ArrayList<>();
    int channels = inputChannels;
    int size = inputSize;
    for (int i = 0; i < FACTORS.length; i++) {
      int out = width * FACTORS[i];
      Pool pool = i % 2 == 1 ? new Pool.Average(2) : Pool.NONE;
      if (i == FACTORS.length - 1 && head == Head.AVERAGED) {
        pool = new Pool.GlobalAverage();
      }
      Convolution convolution = new Convolution("convs." + i, channels, out, 3, 1, 1, true, i == 0);
      layers.add(
          new Layer("lifs." + i, out, size, List.of(new Convolved(i - 1, convolution)), pool));
      channels = out;
      size = pool.outputSize(size);
    }
    return layers;
  }

  @Override
  public Readout readout(int features, int classes) {
    return Readout.of(new Linear("fc", features, classes, Linear.Draw.UNIFORM));
  }
}
