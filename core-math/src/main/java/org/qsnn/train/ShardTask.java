package org.qsnn.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;
import org.qsnn.network.Input;
import org.qsnn.network.LossTerms;
import org.qsnn.network.ShardGradient;
import org.qsnn.network.Targets;
import org.qsnn.network.TrainingNetwork;
import org.qsnn.network.TreeSum;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.sample.ScaledDecoder;
import org.qsnn.tensor.RandomStream;
import org.qsnn.tensor.Workspace;
import org.qsnn.train.InputBatch.Batch;

/**
 * What shards compute in one step: a pure function of (weights, shard, epoch, step) and of the
 * run's constants, which this object carries to the executors once a run. It may be repeated,
 * speculated or moved. Small shards are computed together where one task has several of them: their
 * images fill the kernels' vectors and their gradients are written once, with the bits of each
 * alone.
 */
public final class ShardTask implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Images, over all timesteps, from which on kernels are no faster with more of them. */
  private static final int IMAGES_TOGETHER = 32;

  /** The most that the currents of shards take which are computed together. */
  private static final long BYTES_TOGETHER = 256L << 20;

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
        List<Targets> targets,
        LossTerms terms,
        Workspace workspace) {
      return missing.fill(network.gradient(weights, input, targets, terms, workspace));
    }
  }

  public ShardGradient gradient(
      SynapticWeights weights, Samples samples, int shard, int epoch, int step) {
    long start = System.nanoTime();
    return together(weights, List.of(samples), shard, epoch, step)
        .of(shard, System.nanoTime() - start);
  }

  /**
   * The most shards that are computed together, a power of two: a function of the run alone.
   *
   * @see #sum
   */
  public int together() {
    return together(network.spec(), shardBatch);
  }

  /** As {@link #together()}, of shards with batches of that size. */
  public static int together(NetworkSpec network, int shardBatch) {
    long images = (long) network.timesteps() * shardBatch;
    long bytes = images * Footprint.of(network).neurons() * Float.BYTES;
    long most = Math.min(IMAGES_TOGETHER / images, BYTES_TOGETHER / bytes);
    return (int) Math.max(1, Long.highestOneBit(most));
  }

  /**
   * The sum of some shards' gradients in the shape of {@link TreeSum}.
   *
   * @param samples of the shards from {@code first} on, at most {@link #together}
   */
  ShardGradient sum(
      SynapticWeights weights, List<Samples> samples, int first, int epoch, int step) {
    if (samples.size() > 1) {
      ShardGradient sum = together(weights, samples, first, epoch, step);
      if (sum.problem().isEmpty()) {
        return sum;
      }
    }
    // One by one, which tells whose problem it is.
    TreeSum sum = new TreeSum(samples.size());
    for (int s = 0; s < samples.size(); s++) {
      sum.add(s, gradient(weights, samples.get(s), first + s, epoch, step));
    }
    return sum.total();
  }

  private ShardGradient together(
      SynapticWeights weights, List<Samples> samples, int first, int epoch, int step) {
    Replica here = replica();
    List<Batch> batches = new ArrayList<>();
    RandomStream[] streams = new RandomStream[samples.size()];
    for (int s = 0; s < streams.length; s++) {
      int[] indices = here.plan().indices(first + s, samples.get(s).size(), epoch, step);
      batches.add(new Batch(samples.get(s), indices));
      streams[s] = RandomStream.of(seed, PURPOSE, epoch, step, first + s);
    }
    return here.workspaces()
        .with(
            workspace -> {
              workspace.drawFrom(streams);
              SampleDecoder shown = early.holds(epoch) ? here.early().decoder() : decoder;
              Input input = InputBatch.decode(shown, batches, epoch, step, workspace);
              List<Targets> targets = targets(here, batches, shown, input, epoch, step);
              return early.holds(epoch)
                  ? here.early().gradient(weights, input, targets, terms, workspace)
                  : here.network().gradient(weights, input, targets, terms, workspace);
            });
  }

  private List<Targets> targets(
      Replica here, List<Batch> batches, SampleDecoder shown, Input input, int epoch, int step) {
    if (here.teacher() == null) {
      return batches.stream().map(batch -> Targets.of(batch.labels())).toList();
    }
    // A teacher reads images of its own size, also where the network is shown smaller ones, and
    // each shard as if it were alone.
    boolean readsTheSame = shown == decoder && batches.size() == 1;
    Function<Batch, Function<Workspace, Input>> whole =
        batch ->
            own ->
                readsTheSame ? input : InputBatch.decode(decoder, List.of(batch), epoch, step, own);
    return batches.stream()
        .map(batch -> here.teacher().targets(whole.apply(batch), batch.labels()))
        .toList();
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
