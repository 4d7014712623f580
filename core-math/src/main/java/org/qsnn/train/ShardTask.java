package org.qsnn.train;

import java.io.Serializable;
import java.util.function.Function;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.NetworkSpec;
import org.qsnn.network.Input;
import org.qsnn.network.LossTerms;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.Targets;
import org.qsnn.network.TrainingNetwork;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.sample.ScaledDecoder;
import org.qsnn.tensor.RandomStream;
import org.qsnn.tensor.Workspace;

/**
 * What one shard computes in one step: a pure function of (weights, shard, epoch, step) and of the
 * run's constants, which this object carries to the executors once a run. It may be repeated,
 * speculated or moved.
 */
public final class ShardTask implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of the random numbers that gradients are rounded with. */
  private static final long PURPOSE = 0x726f756e64L;

  private final NetworkSize network;
  private final SampleDecoder decoder;
  private final long seed;
  private final int shardBatch;
  private final LossTerms terms;
  private final BackwardPass backward;
  private final EarlyEpochs early;
  private final Teacher teacher;
  private transient volatile Replica replica;

  /**
   * With the published code's backward pass.
   *
   * @param terms what its loss is made up of
   */
  public ShardTask(NetworkSpec spec, SampleDecoder decoder, BatchPlan plan, LossTerms terms) {
    this(spec, decoder, plan, terms, BackwardPass.PUBLISHED, EarlyEpochs.NONE);
  }

  /**
   * @param terms what its loss is made up of
   * @param early of images: samples that are the same at all timesteps
   */
  public ShardTask(
      NetworkSpec spec,
      SampleDecoder decoder,
      BatchPlan plan,
      LossTerms terms,
      BackwardPass backward,
      EarlyEpochs early) {
    this.network = new NetworkSize(spec);
    this.decoder = decoder;
    this.seed = plan.seed();
    this.shardBatch = plan.shardBatch();
    this.terms = terms;
    this.backward = backward;
    this.early = early;
    this.teacher = null;
  }

  private ShardTask(ShardTask untaught, Teacher teacher) {
    this.network = untaught.network;
    this.decoder = untaught.decoder;
    this.seed = untaught.seed;
    this.shardBatch = untaught.shardBatch;
    this.terms = untaught.terms;
    this.backward = untaught.backward;
    this.early = untaught.early;
    this.teacher = teacher;
  }

  /**
   * The same with a teacher, which is shown what the network is shown, but in early epochs too with
   * all pixels, and answers with all of its timesteps.
   *
   * @param other whose input and classes are the network's
   */
  public ShardTask taughtBy(Teacher other) {
    return new ShardTask(this, other);
  }

  /**
   * What a JVM builds once: reusable memory and the network's structure, no numbers but a
   * teacher's.
   *
   * @param early null where all epochs are alike
   * @param teacher null if there is none
   */
  private record Replica(
      TrainingNetwork network,
      Early early,
      Teacher.Network teacher,
      BatchPlan plan,
      WorkspacePool workspaces) {

    Targets targets(Function<Workspace, Input> whole, int[] labels) {
      return teacher == null ? Targets.of(labels) : teacher.targets(whole, labels);
    }

    void close() {
      workspaces.close();
      if (teacher != null) {
        teacher.close();
      }
    }
  }

  /** The network of the first epochs, and what is added to its gradients. */
  private record Early(TrainingNetwork network, MissingTimesteps missing, SampleDecoder decoder) {
    ShardGradient gradient(
        SynapticWeights weights,
        Input input,
        Targets targets,
        LossTerms terms,
        Workspace workspace) {
      return missing.fill(network.gradient(weights, input, targets, terms, workspace));
    }
  }

  public ShardGradient gradient(
      SynapticWeights weights, Samples samples, int shard, int epoch, int step) {
    Replica here = replica();
    int[] indices = here.plan().indices(shard, samples.size(), epoch, step);
    return here.workspaces()
        .with(
            workspace -> {
              long start = System.nanoTime();
              workspace.drawFrom(RandomStream.of(seed, PURPOSE, epoch, step, shard));
              SampleDecoder shown = early.holds(epoch) ? here.early().decoder() : decoder;
              Input input = InputBatch.decode(shown, samples, indices, epoch, step, workspace);
              // A teacher reads images of its own size, also where the network is shown smaller
              // ones.
              Function<Workspace, Input> whole =
                  own ->
                      shown == decoder
                          ? input
                          : InputBatch.decode(decoder, samples, indices, epoch, step, own);
              Targets targets = here.targets(whole, InputBatch.labels(samples, indices));
              ShardGradient gradient =
                  early.holds(epoch)
                      ? here.early().gradient(weights, input, targets, terms, workspace)
                      : here.network().gradient(weights, input, targets, terms, workspace);
              return gradient.of(shard, System.nanoTime() - start);
            });
  }

  /** Of the vectors of a gradient. */
  public long gradientBytes() {
    return NetworkLayout.of(network.spec()).gradientBytes();
  }

  /**
   * What a task of this JVM holds from step to step, off the heap and on it: currents, spikes and
   * scratch; 0 before the first.
   */
  public long workspaceBytes() {
    Replica built = replica;
    return built == null ? 0 : built.workspaces().largestBytes();
  }

  /** Frees what this JVM has built of it; it is built again where it is needed. */
  public void release() {
    Replica built = replica;
    replica = null;
    if (built != null) {
      built.close();
    }
  }

  private boolean isTaught() {
    return teacher != null && terms.distillation().weight() > 0;
  }

  private Early early(NetworkLayout layout) {
    if (early.epochs() == 0) {
      return null;
    }
    NetworkLayout few = NetworkLayout.of(early.of(layout.spec()));
    return new Early(
        new TrainingNetwork(few, backward),
        new MissingTimesteps(few, layout),
        ScaledDecoder.of(decoder, few.spec().inputSize()));
  }

  private Replica replica() {
    Replica current = replica;
    if (current == null) {
      synchronized (this) {
        current = replica;
        if (current == null) {
          NetworkLayout layout = NetworkLayout.of(network.spec());
          current =
              new Replica(
                  new TrainingNetwork(layout, backward),
                  early(layout),
                  isTaught() ? teacher.unpacked() : null,
                  new BatchPlan(seed, shardBatch),
                  new WorkspacePool());
          replica = current;
        }
      }
    }
    return current;
  }
}
