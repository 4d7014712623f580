package org.qsnn.binary;

import java.util.List;
import org.qsnn.binary.InputGradient.SignedWeights;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.FloatSource;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

/**
 * What a backward pass reads, and the gradient of x that it writes: see {@link
 * org.qsnn.layer.Synapses#backward}.
 */
record GradientPass(
    Activation x,
    List<? extends FloatSource> dy,
    SignedWeights weights,
    FloatTensor dx,
    Workspace workspace) {
  int shards() {
    return dy.size();
  }

  int images() {
    return x.dimension(0);
  }

  /** Images of a shard. */
  int ofShard() {
    return images() / shards();
  }

  /** Values of an image of x. */
  int xSize() {
    return x.size() / images();
  }

  /** Reads images of the shards as if they were one. */
  void read(int first, int count, int size, float[] values) {
    for (int image = first; image < first + count; ) {
      int inShard = image % ofShard();
      int some = Math.min(first + count - image, ofShard() - inShard);
      int to = (image - first) * size;
      dy.get(image / ofShard()).read(inShard * size, values, to, some * size);
      image += some;
    }
  }
}
