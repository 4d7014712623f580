package org.qsnn.model;

/**
 * Batch normalization at evaluation, one {@code scale · x + offset} per channel; a bias of the
 * convolution in front of it is part of the offset.
 */
public record FoldedBatchNorm(float[] scale, float[] offset) {
  public FoldedBatchNorm {
    if (scale.length != offset.length) {
      throw new IllegalArgumentException(
          "batch normalization: " + scale.length + " scales, " + offset.length + " offsets");
    }
  }

  public int channels() {
    return scale.length;
  }
}
