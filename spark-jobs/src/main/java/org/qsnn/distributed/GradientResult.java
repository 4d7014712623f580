package org.qsnn.distributed;

import java.io.Serializable;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.TaskResultBlockId;
import org.qsnn.network.ShardGradient;
import scala.Option;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A gradient on its way from a task to the driver. To another process it travels as bytes. Under a
 * local master the driver is the same process: there it waits in the block manager, and only its
 * block's number travels. Spark would serialize it, wrap and copy that, 50 MB for a full ResNet-19,
 * and undo it all.
 */
final class GradientResult implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final ClassTag<ShardGradient> TAG = ClassTag$.MODULE$.apply(ShardGradient.class);

  /** Instead of a block's number. */
  private static final long NO_BLOCK = -1;

  /** Null if a block has it. */
  private final ShardGradient gradient;

  private final long block;

  private GradientResult(ShardGradient gradient, long block) {
    this.gradient = gradient;
    this.block = block;
  }

  /** Of the task that calls. */
  static GradientResult of(ShardGradient gradient) {
    SparkEnv env = SparkEnv.get();
    if (env.executorId().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())) {
      long attempt = TaskContext.get().taskAttemptId();
      StorageLevel level = StorageLevel.MEMORY_AND_DISK();
      if (env.blockManager().putSingle(id(attempt), gradient, level, false, TAG)) {
        return new GradientResult(null, attempt);
      }
    }
    return new GradientResult(gradient, NO_BLOCK);
  }

  /** Takes it; to be called once, by the driver. */
  ShardGradient take() {
    return block == NO_BLOCK ? gradient : take(id(block));
  }

  /** Spark uses these names for results that are too large to send, which one of a block is not. */
  private static BlockId id(long attempt) {
    return new TaskResultBlockId(attempt);
  }

  private static ShardGradient take(BlockId id) {
    BlockManager blocks = SparkEnv.get().blockManager();
    Option<ShardGradient> found = blocks.getSingle(id, TAG);
    if (found.isEmpty()) {
      throw new IllegalStateException("the gradient in block " + id.name() + " is gone");
    }
    blocks.releaseLock(id, Option.empty());
    blocks.removeBlock(id, false);
    return found.get();
  }
}
