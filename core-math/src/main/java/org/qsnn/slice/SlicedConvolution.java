package org.qsnn.slice;

import java.util.Arrays;
import org.qsnn.neuron.BlockCurrent;
import org.qsnn.slice.SliceSums.Numbers;
import org.qsnn.slice.SliceSums.Shift;
import org.qsnn.slice.SliceTaps.Tap;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.Workspace;

/**
 * A convolution without bias of spikes with weights ±scale: {@code scale · (2 · p − n)} of n spikes
 * of which p meet a positive weight. They are counted for 32 neurons in each int at once, by full
 * adders that are logical operations, and become numbers in the end. The sums are those of {@code
 * BinaryConvolution}, bit for bit.
 */
public final class SlicedConvolution implements BlockCurrent {
  private static final SliceSums SUMS = SliceSums.best();

  /** Of the branches of a layer, which are computed side by side. */
  private enum Role {
    FIRST,
    SECOND
  }

  private final SliceTaps taps;
  private final SlicedWeights weights;
  private final BitTensor x;
  private final BlockGrid grid;
  private final int batch;

  /** From the words of one phase of a channel, side by side, to those of the next. */
  private final int pitch;

  private final int[] words;
  private final int[] scratch;
  private final int[] masks;
  private final int maskPitch;
  private final SliceMemory memory;

  /**
   * @param x {@code [T·B, in, H, W]}
   * @param grid of the output
   * @param batch B
   * @param branch of the layer, 0 or 1
   */
  public SlicedConvolution(
      SliceTaps taps,
      SlicedWeights weights,
      BitTensor x,
      BlockGrid grid,
      int batch,
      int branch,
      Workspace workspace) {
    this.taps = taps;
    this.weights = weights;
    this.x = x;
    this.grid = grid;
    this.batch = batch;
    this.maskPitch = grid.blocks(grid.samples()) * BlockGrid.lanes();
    this.pitch = maskPitch + 2 * taps.reach();
    this.words = new int[x.dimension(0) / batch * x.dimension(1) * taps.phases() * pitch];
    this.scratch = new int[taps.scratchLength()];
    this.masks = masks();
    int slices = x.dimension(1) * taps.taps().size();
    int length = SliceMemory.length(slices);
    this.memory = new SliceMemory(workspace.ints(Role.values()[branch], length), slices);
  }

  private int[] masks() {
    int[] result = new int[taps.taps().size() * maskPitch];
    int at = 0;
    for (Tap tap : taps.taps()) {
      for (int sample = 0; sample < grid.samples(); sample++) {
        int to = at + sample * grid.planeWords();
        System.arraycopy(tap.masks(), 0, result, to, grid.planeWords());
      }
      at += maskPitch;
    }
    return result;
  }

  @Override
  public void begin(int firstSample, int samples) {
    if (taps.isStrided() || samples < grid.samples()) {
      Arrays.fill(words, 0);
    }
    int at = taps.reach();
    int channels = x.dimension(1);
    for (int image = firstSample; image < x.dimension(0); image += batch) {
      for (int channel = 0; channel < channels; channel++) {
        for (int sample = 0; sample < samples; sample++) {
          int word = x.word((image + sample) * channels + channel);
          taps.layOut(x.words(), word, words, at + sample * grid.planeWords(), pitch, scratch);
        }
        at += taps.phases() * pitch;
      }
    }
  }

  @Override
  public void prepare(int timestep, int block) {
    int channels = x.dimension(1);
    int lanes = BlockGrid.lanes();
    int phases = taps.phases();
    int first = timestep * channels * phases * pitch + taps.reach() + block * lanes;
    int count = taps.taps().size();
    for (int i = 0; i < count; i++) {
      Tap tap = taps.taps().get(i);
      Shift shift =
          new Shift(
              first + tap.phase() * pitch + Math.floorDiv(tap.shift(), Integer.SIZE),
              phases * pitch,
              Math.floorMod(tap.shift(), Integer.SIZE),
              i * maskPitch + block * lanes,
              SliceMemory.place(i),
              count * lanes);
      SUMS.shift(words, shift, channels, masks, memory.slices());
    }
    memory.countAll(weights.all());
  }

  @Override
  public void addTo(float[] u, int at, int channel, float scale) {
    Numbers numbers =
        memory.count(
            weights.places(),
            weights.start(channel),
            weights.start(channel + 1),
            weights.scale(channel));
    SUMS.addTo(u, at, memory.slices(), numbers, scale);
  }
}
