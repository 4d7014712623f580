package org.qsnn.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.qsnn.DataException;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.NetworkSpec.Weight;

/** Which tensors of a {@link TensorFile} hold a {@link PackedModel}. */
final class PackedModelFile {
  private PackedModelFile() {}

  static TensorFile toFile(PackedModel model) {
    Map<String, String> metadata = new TreeMap<>(SpecMetadata.of(model.spec()));
    metadata.putAll(DescriptionMetadata.of(model.description()));
    return TensorFile.of(PackedModel.KIND, metadata, tensors(model));
  }

  private static List<Tensor> tensors(PackedModel model) {
    List<Tensor> tensors = new ArrayList<>();
    for (QuantizedTensor weight : model.weights()) {
      addWeight(tensors, weight);
    }
    List<Convolution> convolutions = model.spec().convolutions();
    for (int i = 0; i < convolutions.size(); i++) {
      FoldedBatchNorm norm = model.batchNorms().get(i);
      String name = convolutions.get(i).name();
      tensors.add(floats(name + ".bn.scale", norm.scale()));
      tensors.add(floats(name + ".bn.offset", norm.offset()));
    }
    List<Linear> linears = model.spec().readout().layers();
    for (int i = 0; i < linears.size(); i++) {
      tensors.add(floats(linears.get(i).name() + ".bias", model.biases().get(i)));
    }
    List<Layer> layers = model.spec().layers();
    for (int i = 0; i < layers.size(); i++) {
      if (model.spec().membraneScales(i) > 0) {
        tensors.add(floats(membraneScale(layers.get(i)), model.membraneScales().get(i)));
      }
    }
    return tensors;
  }

  private static void addWeight(List<Tensor> tensors, QuantizedTensor weight) {
    String name = weight.name();
    switch (weight.form()) {
      case BINARY_EXPONENT -> {
        tensors.add(bytes(name + ".bits", Dtype.U8, weight.codes()));
        tensors.add(bytes(name + ".exponents", Dtype.I8, weight.exponents()));
      }
      case BINARY_SCALE -> {
        tensors.add(bytes(name + ".bits", Dtype.U8, weight.codes()));
        tensors.add(floats(name + ".scales", weight.floats()));
      }
      case INT8 -> {
        tensors.add(Tensor.bytes(name, Dtype.I8, weight.shape(), weight.codes()));
        tensors.add(floats(name + ".scale", weight.floats()));
      }
      case FLOAT -> tensors.add(Tensor.floats(name, weight.shape(), weight.floats()));
    }
  }

  static PackedModel fromFile(TensorFile file) {
    file.requireKind(PackedModel.KIND);
    NetworkSpec spec = SpecMetadata.spec(file);
    List<QuantizedTensor> weights = new ArrayList<>();
    for (Weight weight : spec.weights()) {
      weights.add(weight(file, weight));
    }
    List<FoldedBatchNorm> batchNorms = new ArrayList<>();
    for (Convolution convolution : spec.convolutions()) {
      batchNorms.add(batchNorm(file, convolution));
    }
    List<float[]> biases = new ArrayList<>();
    for (Linear linear : spec.readout().layers()) {
      biases.add(floats(file, linear.name() + ".bias", linear.outputs()));
    }
    PackedModel model =
        new PackedModel(
            spec,
            weights,
            batchNorms,
            biases,
            membraneScales(file, spec),
            DescriptionMetadata.description(file, spec.classes()));
    Set<String> names = new HashSet<>();
    for (Tensor tensor : tensors(model)) {
      names.add(tensor.name());
    }
    file.requireOnlyTensors(names);
    return model;
  }

  private static QuantizedTensor weight(TensorFile file, Weight weight) {
    String name = weight.name();
    int[] shape = weight.shape();
    int out = shape[0];
    return switch (weight.form()) {
      case BINARY_EXPONENT ->
          QuantizedTensor.binary(
              name,
              shape,
              bits(file, weight),
              file.tensor(name + ".exponents", Dtype.I8, out).bytes());
      case BINARY_SCALE ->
          QuantizedTensor.binary(
              name, shape, bits(file, weight), floats(file, name + ".scales", out));
      case INT8 ->
          QuantizedTensor.int8(
              name,
              shape,
              file.tensor(name, Dtype.I8, shape).bytes(),
              floats(file, name + ".scale", 1)[0]);
      case FLOAT -> QuantizedTensor.floats(name, shape, floats(file, name, shape));
    };
  }

  private static byte[] bits(TensorFile file, Weight weight) {
    int bytes = Math.toIntExact((weight.elements() + 7) / 8);
    return file.tensor(weight.name() + ".bits", Dtype.U8, bytes).bytes();
  }

  private static FoldedBatchNorm batchNorm(TensorFile file, Convolution convolution) {
    return new FoldedBatchNorm(
        floats(file, convolution.name() + ".bn.scale", convolution.outChannels()),
        floats(file, convolution.name() + ".bn.offset", convolution.outChannels()));
  }

  private static List<float[]> membraneScales(TensorFile file, NetworkSpec spec) {
    List<float[]> scales = new ArrayList<>();
    for (int i = 0; i < spec.layers().size(); i++) {
      int count = spec.membraneScales(i);
      scales.add(
          count == 0 ? new float[0] : floats(file, membraneScale(spec.layers().get(i)), count));
    }
    return scales;
  }

  private static String membraneScale(Layer layer) {
    return layer.name() + ".membrane_scale";
  }

  private static float[] floats(TensorFile file, String name, int... shape) {
    float[] values = file.tensor(name, Dtype.F32, shape).floats();
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new DataException(
            name + ": expected numbers, found " + value + " (" + file.name() + ")");
      }
    }
    return values;
  }

  private static Tensor floats(String name, float[] values) {
    return Tensor.floats(name, new int[] {values.length}, values);
  }

  private static Tensor bytes(String name, Dtype dtype, byte[] values) {
    return Tensor.bytes(name, dtype, new int[] {values.length}, values);
  }
}
