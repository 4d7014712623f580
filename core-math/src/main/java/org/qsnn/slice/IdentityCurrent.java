package org.qsnn.slice;

import org.qsnn.neuron.BlockCurrent;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;

/** The spikes of an identity shortcut. */
public final class IdentityCurrent implements BlockCurrent {
  private static final SliceSums SUMS = SliceSums.best();

  private final BitTensor spikes;
  private final BlockGrid grid;
  private final int batch;
  private final int[] slice = new int[BlockGrid.lanes()];
  private int first;
  private int samples;
  private int timestep;
  private int block;

  /**
   * @param spikes {@code [T·B, C, H, W]}
   */
  public IdentityCurrent(BitTensor spikes, BlockGrid grid, int batch) {
    this.spikes = spikes;
    this.grid = grid;
    this.batch = batch;
  }

  @Override
  public void begin(int firstSample, int ofSamples) {
    first = firstSample;
    samples = ofSamples;
  }

  @Override
  public void prepare(int ofTimestep, int number) {
    timestep = ofTimestep;
    block = number;
  }

  @Override
  public void addTo(float[] u, int at, int channel, float scale) {
    int channels = spikes.dimension(1);
    int plane = (timestep * batch + first) * channels + channel;
    grid.read(spikes, plane, channels, samples, block, slice);
    SUMS.addTo(u, at, slice, scale);
  }
}
