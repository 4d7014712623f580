package org.qsnn.model;

import java.util.Optional;
import org.qsnn.model.NetworkSpec.Linear.Draw;

/**
 * What a line of an architecture's text says, its numbers checked. Channels and features are those
 * of width factor 1.
 */
sealed interface LayerLine {
  /** By what it divides height and width; 0 if that depends on them. */
  int divisor();

  /**
   * Spiking neurons behind a square convolution and batch normalization.
   *
   * @param bias in front of the batch normalization
   * @param name of convolution and neurons; empty to count them
   */
  record Conv(
      int channels, int kernel, int stride, int padding, boolean bias, Optional<String> name)
      implements LayerLine {
    @Override
    public int divisor() {
      boolean leavesNothing = 2 * padding >= kernel - stride && 2 * padding < kernel;
      return leavesNothing ? stride : 0;
    }
  }

  /**
   * A basic residual block (He et al. 2016): two 3×3 convolutions with neurons, and a shortcut to
   * the second's: the identity, or a 1×1 convolution where the shape changes.
   */
  record ResidualBlock(int channels, int stride) implements LayerLine {
    @Override
    public int divisor() {
      return stride;
    }
  }

  /** A pool behind the neurons of the line before. */
  record Pooled(Pool pool) implements LayerLine {
    @Override
    public int divisor() {
      return pool.divisor();
    }
  }

  /** Spiking neurons, each of which reads all of the layer before. */
  record Dense(int features, boolean bias, Optional<String> name) implements LayerLine {
    @Override
    public int divisor() {
      return 0;
    }
  }

  /** The linear map to a score for each class, which ends the text. */
  record Readout(Draw draw, String name) implements LayerLine {
    @Override
    public int divisor() {
      return 0;
    }
  }
}
