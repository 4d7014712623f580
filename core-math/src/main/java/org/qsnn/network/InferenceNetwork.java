package org.qsnn.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.qsnn.layer.BranchWeights;
import org.qsnn.layer.Readout;
import org.qsnn.layer.SpikingLayer;
import org.qsnn.model.BackwardPass;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.tensor.Activation;
import org.qsnn.tensor.Workspace;

/**
 * A packed model that answers. Every evaluation, during training too, runs through here, and no
 * sample's answer depends on what else is in its batch.
 */
public final class InferenceNetwork {
  /** Activations of one layer and batch are kept near this size. */
  private static final long LAYER_BYTES = 96L << 20;

  /** Samples that fill the kernels' vectors: with more, small networks leave the cache. */
  private static final int LARGEST_BATCH = 32;

  private final PackedModel model;
  private final List<SpikingLayer> layers;
  private final List<List<BranchWeights>> branches;
  private final Readout readout;
  private final List<float[]> readoutWeights;
  private final Workspace workspace;

  /**
   * @param workspace for this network alone
   */
  public InferenceNetwork(PackedModel model, Workspace workspace) {
    this.model = model;
    this.workspace = workspace;
    this.layers = new ArrayList<>();
    this.branches = new ArrayList<>();
    NetworkSpec spec = model.spec();
    ConvolutionForms forms = new ConvolutionForms(spec, BackwardPass.FLOATS);
    int index = 0;
    for (int i = 0; i < spec.layers().size(); i++) {
      Layer layer = spec.layers().get(i);
      layers.add(new SpikingLayer(layer, spec.timesteps(), spec.membraneBits(i), spec.neuron()));
      List<BranchWeights> row = new ArrayList<>();
      for (Branch branch : layer.branches()) {
        row.add(branch instanceof Convolved ? unpack(forms, index++) : null);
      }
      branches.add(row);
    }
    this.readout = new Readout(spec.readout());
    this.readoutWeights =
        model.weights().subList(index, model.weights().size()).stream()
            .map(QuantizedTensor::dequantize)
            .toList();
  }

  private InferenceNetwork(InferenceNetwork unpacked, Workspace workspace) {
    this.model = unpacked.model;
    this.layers = unpacked.layers;
    this.branches = unpacked.branches;
    this.readout = unpacked.readout;
    this.readoutWeights = unpacked.readoutWeights;
    this.workspace = workspace;
  }

  /**
   * The same network for another task, which may run at the same time: they share what was
   * unpacked.
   *
   * @param own of that task
   */
  public InferenceNetwork in(Workspace own) {
    return new InferenceNetwork(this, own);
  }

  private BranchWeights unpack(ConvolutionForms forms, int convolution) {
    FoldedBatchNorm norm = model.batchNorms().get(convolution);
    return new BranchWeights(
        forms.synapses(convolution, model.weights().get(convolution)), norm.scale(), norm.offset());
  }

  /** A batch size that suits a network's memory: a function of the network alone. */
  public static int batchSize(NetworkSpec spec) {
    long largest = spec.layers().stream().mapToLong(Layer::neurons).max().orElseThrow();
    long fitting = LAYER_BYTES / (largest * spec.timesteps() * Float.BYTES);
    return (int) Math.max(1, Math.min(LARGEST_BATCH, fitting));
  }

  /**
   * What the network says to a batch.
   *
   * @param logits {@code [T, B, classes]}
   * @param spikes number of spikes of each layer and timestep
   * @param first what the first layer handed on, {@code [T·B, C, H, W]}; until the next answer
   */
  public record Answer(float[] logits, long[][] spikes, Activation first) {}

  /**
   * @throws org.qsnn.ConfigurationException if the input has not the network's shape
   */
  public Answer answer(Input input) {
    return answer(input, model.membraneScales(), Optional.empty());
  }

  /** As {@link #answer(Input)}, with its synaptic operations counted. */
  public Answer answer(Input input, OperationCounter counter) {
    return answer(input, model.membraneScales(), Optional.of(counter));
  }

  /**
   * As the published code evaluates: each membrane scale is the batch's own, so an answer does
   * depend on its batch mates. For comparisons with it only.
   */
  Answer answerWithBatchScales(Input input) {
    return answer(input, Collections.nCopies(layers.size(), null), Optional.empty());
  }

  private Answer answer(
      Input input, List<float[]> membraneScales, Optional<OperationCounter> counter) {
    input.requireFits(model.spec());
    List<Activation> outputs = new ArrayList<>();
    long[][] spikes = new long[layers.size()][];
    for (int i = 0; i < layers.size(); i++) {
      List<Activation> inputs = new ArrayList<>();
      for (Branch branch : model.spec().layers().get(i).branches()) {
        inputs.add(
            branch.source() == NetworkSpec.INPUT ? input.values() : outputs.get(branch.source()));
      }
      int index = i;
      counter.ifPresent(c -> c.layer(index, inputs, input.batch()));
      SpikingLayer.Output output =
          layers
              .get(i)
              .infer(inputs, branches.get(i), membraneScales.get(i), input.batch(), workspace);
      outputs.add(output.values());
      spikes[i] = output.spikes();
    }
    Activation last = outputs.get(outputs.size() - 1);
    counter.ifPresent(c -> c.readout(last, input.batch()));
    return new Answer(readout.infer(last, readoutWeights, model.biases()), spikes, outputs.get(0));
  }
}
