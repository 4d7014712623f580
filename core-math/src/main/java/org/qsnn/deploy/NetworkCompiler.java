package org.qsnn.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qsnn.ConfigurationException;
import org.qsnn.EnumKey;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.ModelInput;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.QuantizedTensor.Form;
import org.qsnn.model.WeightScheme;
import org.qsnn.model.WeightScheme.Standardized;

/** A packed model as integers, or a refusal. */
final class NetworkCompiler {
  private final PackedModel model;
  private final NetworkSpec spec;

  NetworkCompiler(PackedModel model) {
    this.model = model;
    this.spec = model.spec();
  }

  IntegerNetwork compile() {
    requireIntegers();
    IntegerInput input = IntegerInput.of(modelInput(), spec.inputChannels(), spec.inputSize());
    List<IntegerLayer> layers = new ArrayList<>();
    for (int i = 0; i < spec.layers().size(); i++) {
      Layer layer = spec.layers().get(i);
      layers.add(
          new LayerCompiler(layer, currents(i, input), membranes(i), spec.neuron()).compile());
    }
    return new IntegerNetwork(
        spec.architecture().key(),
        spec.timesteps(),
        model.description().classNames(),
        input,
        layers,
        ReadoutCompiler.compile(model));
  }

  /** The currents of a layer by the float rule. */
  List<FloatCurrent> currents(int index, IntegerInput input) {
    int convolution = 0;
    for (Layer former : spec.layers().subList(0, index)) {
      convolution += former.convolutions().size();
    }
    Layer layer = spec.layers().get(index);
    List<FloatCurrent> currents = new ArrayList<>();
    for (Branch branch : layer.branches()) {
      currents.add(
          branch instanceof Convolved convolved
              ? convolved(layer, convolved, convolution++, input)
              : identity(layer, branch));
    }
    return currents;
  }

  private void requireIntegers() {
    if (spec.neuron().quantization() != Quantization.AFTER_RESET) {
      throw new ConfigurationException(
          "integer semantics: network.membrane-quantization must be after-reset; found "
              + EnumKey.of(spec.neuron().quantization()));
    }
    WeightScheme scheme = spec.weightScheme();
    if (scheme.standardized() != Standardized.NOT && scheme.inner() == Form.BINARY_SCALE) {
      throw new ConfigurationException(
          "integer semantics: ws-dr.weight-scale must be power-of-two; found mean");
    }
    requireQuantizedMembranes();
    for (QuantizedTensor weight : model.weights()) {
      if (weight.form() == Form.FLOAT) {
        throw new ConfigurationException(
            "integer semantics: weights must have 1 or 8 bits; found floats in " + weight.name());
      }
    }
    if (spec.readout().layers().size() != 1) {
      throw new ConfigurationException(
          "integer semantics: the readout must be one linear layer; found "
              + spec.readout().layers().size());
    }
  }

  private void requireQuantizedMembranes() {
    for (int i = 0; i < spec.layers().size(); i++) {
      if (spec.membraneBits(i) == MembraneBits.FLOAT) {
        throw new ConfigurationException(
            "integer semantics: membranes must have 2, 4 or 8 bits; found floats"
                + (spec.membraneBits().isUniform()
                    ? ""
                    : " in " + spec.layers().get(i).listedName()));
      }
    }
  }

  private ModelInput modelInput() {
    Optional<ModelInput> input = model.description().input();
    if (input.isEmpty()) {
      throw new ConfigurationException(
          "integer semantics: the model must say what its input is (input.kind); found a file without it");
    }
    return input.get();
  }

  private FloatCurrent convolved(
      Layer layer, Convolved branch, int convolution, IntegerInput input) {
    QuantizedTensor weight = model.weights().get(convolution);
    FoldedBatchNorm norm = model.batchNorms().get(convolution);
    boolean readsInput = branch.source() == NetworkSpec.INPUT;
    if (readsInput == weight.isBinary()) {
      throw new ConfigurationException(
          layer.name()
              + ": the input must meet int8 weights and spikes 1-bit weights; found "
              + weight.form()
              + " of "
              + weight.name());
    }
    return readsInput
        ? FloatCurrent.ofInput(branch, weight, norm, input)
        : FloatCurrent.ofSpikes(
            branch, weight, norm, spec.layers().get(branch.source()).countsPerUnit());
  }

  private FloatCurrent identity(Layer layer, Branch branch) {
    if (branch.source() == NetworkSpec.INPUT) {
      throw new ConfigurationException(
          layer.name() + ": an identity must read spikes; found the input");
    }
    return FloatCurrent.identity(
        branch.source(), layer.channels(), spec.layers().get(branch.source()).countsPerUnit());
  }

  List<FloatMembrane> membranes(int layer) {
    List<FloatMembrane> membranes = new ArrayList<>();
    int levels = (1 << (spec.membraneBits(layer) - 1)) - 1;
    for (float alpha : model.membraneScales().get(layer)) {
      if (!(alpha >= 0)) {
        throw new ConfigurationException(
            spec.layers().get(layer).name()
                + ": a membrane scale must not be negative; found "
                + alpha);
      }
      membranes.add(new FloatMembrane(alpha, levels));
    }
    return membranes;
  }
}
