package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Weight;
import org.qsnn.tensor.RandomStream;

/** Packed models of the narrowest networks, with random content. */
final class TinyModels {
  static final Map<String, String> PROVENANCE =
      Map.of("dataset", "synthetic", "classes", "[\"Käfer\", \"b\", \"c\"]");
  private static final ModelDescription DESCRIPTION =
      new ModelDescription(
          Optional.of(
              new FrameInput(
                  FrameInput.Split.NUMBER,
                  10_000,
                  FrameInput.Resize.AREA,
                  FrameInput.Values.CLIPPED,
                  3.5)),
          List.of("Käfer", "b", "c"),
          PROVENANCE);

  private TinyModels() {}

  static List<PackedModel> both(WeightScheme scheme, int membraneBits, int timesteps) {
    return List.of(
        model(Architectures.RESNET19.spec(1, timesteps, 3, 4, 3, scheme, membraneBits)),
        vggsnn(scheme, membraneBits, timesteps));
  }

  static PackedModel vggsnn(WeightScheme scheme, int membraneBits, int timesteps) {
    return model(Architectures.VGGSNN.spec(1, timesteps, 2, 16, 3, scheme, membraneBits));
  }

  static PackedModel model(NetworkSpec spec) {
    RandomStream random = RandomStream.of(7);
    List<QuantizedTensor> weights = new ArrayList<>();
    for (Weight weight : spec.weights()) {
      weights.add(weight(weight, random));
    }
    List<FoldedBatchNorm> norms = new ArrayList<>();
    for (Convolution convolution : spec.convolutions()) {
      int channels = convolution.outChannels();
      norms.add(new FoldedBatchNorm(floats(channels, random), floats(channels, random)));
    }
    List<float[]> scales = new ArrayList<>();
    for (int i = 0; i < spec.layers().size(); i++) {
      scales.add(floats(spec.membraneScales(i), random));
    }
    List<float[]> biases =
        spec.readout().layers().stream().map(linear -> floats(linear.outputs(), random)).toList();
    return new PackedModel(spec, weights, norms, biases, scales, DESCRIPTION);
  }

  /** Of all tensors of its file, without header and checksum. */
  static long tensorBytes(PackedModel model) {
    return model.toFile().tensors().stream().mapToLong(Tensor::byteLength).sum();
  }

  private static QuantizedTensor weight(Weight weight, RandomStream random) {
    String name = weight.name();
    int[] shape = weight.shape();
    int elements = (int) weight.elements();
    return switch (weight.form()) {
      case BINARY_EXPONENT ->
          QuantizedTensor.binary(
              name, shape, bits(elements, random), codes(shape[0], -8, 1, random));
      case BINARY_SCALE ->
          QuantizedTensor.binary(name, shape, bits(elements, random), floats(shape[0], random));
      case INT8 -> QuantizedTensor.int8(name, shape, codes(elements, -127, 127, random), 0.375f);
      case FLOAT -> QuantizedTensor.floats(name, shape, floats(elements, random));
    };
  }

  private static byte[] bits(int elements, RandomStream random) {
    byte[] bits = new byte[(elements + 7) / 8];
    for (int i = 0; i < elements; i++) {
      bits[i / 8] |= (byte) (random.nextInt(2) << i % 8);
    }
    return bits;
  }

  private static byte[] codes(int count, int smallest, int largest, RandomStream random) {
    byte[] codes = new byte[count];
    for (int i = 0; i < count; i++) {
      codes[i] = (byte) (smallest + random.nextInt(largest - smallest + 1));
    }
    return codes;
  }

  private static float[] floats(int count, RandomStream random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
