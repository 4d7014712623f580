package org.qsnn.distributed;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
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
 * block's number travels. Spark would copy it seven times, 50 MB for a full ResNet-19.
 */
final class GradientResult implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final ClassTag<ShardGradient> TAG = ClassTag$.MODULE$.apply(ShardGradient.class);

  /** Instead of a block's number. */
  private static final long NO_BLOCK = -1;

  private transient ShardGradient gradient;
  private transient long block = NO_BLOCK;

  /** Of the task that calls. */
  GradientResult(ShardGradient gradient) {
    this.gradient = gradient;
    SparkEnv env = SparkEnv.get();
    if (env.executorId().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())) {
      long attempt = TaskContext.get().taskAttemptId();
      boolean isKept =
          env.blockManager()
              .putSingle(id(attempt), gradient, StorageLevel.MEMORY_AND_DISK(), false, TAG);
      block = isKept ? attempt : NO_BLOCK;
    }
  }

  ShardGradient gradient() {
    return gradient;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeLong(block);
    if (block == NO_BLOCK) {
      out.writeObject(gradient);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    block = in.readLong();
    gradient = block == NO_BLOCK ? (ShardGradient) in.readObject() : take(id(block));
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
