package org.qsnn.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.qsnn.model.Architecture;
import org.qsnn.model.Architectures;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ImageInput;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.ModelInput;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Weight;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.QuantizedTensor.Form;
import org.qsnn.model.WeightScheme;

/** Packed models that no training would find, with spikes in every layer. */
public final class RandomModels {
  private static final ImageInput IMAGES =
      new ImageInput(List.of(0.5, 0.4, 0.6), List.of(0.25, 0.2, 0.3));
  private static final FrameInput FRAMES =
      new FrameInput(
          FrameInput.Split.TIME, 1000, FrameInput.Resize.NEAREST, FrameInput.Values.LOG, 1);

  /** In place of bits: those of each layer are drawn. */
  public static final int MIXED = 0;

  private RandomModels() {}

  /** ResNet-19 on images of 8 × 8, three classes. */
  public static PackedModel resNet(int width, int timesteps, int bits, long seed) {
    NetworkSpec spec =
        Architectures.RESNET19.spec(
            width, timesteps, 3, 8, 3, WeightScheme.REGULATED, uniform(bits));
    return model(withBits(spec, bits, seed), IMAGES, new Random(seed));
  }

  /** VGGSNN on frames of 16 × 16, three classes. */
  public static PackedModel vgg(int width, int timesteps, int bits, long seed) {
    NetworkSpec spec =
        Architectures.VGGSNN.spec(
            width, timesteps, 2, 16, 3, WeightScheme.REGULATED, uniform(bits));
    return model(withBits(spec, bits, seed), FRAMES, new Random(seed));
  }

  /** A network with such lines on frames of 15 × 15, three classes. */
  public static PackedModel custom(String layers, int bits, long seed) {
    NetworkSpec spec =
        Architecture.custom(layers).spec(4, 3, 2, 15, 3, WeightScheme.REGULATED, uniform(bits));
    return model(withBits(spec, bits, seed), FRAMES, new Random(seed));
  }

  private static int uniform(int bits) {
    return bits == MIXED ? 8 : bits;
  }

  private static NetworkSpec withBits(NetworkSpec spec, int bits, long seed) {
    if (bits != MIXED) {
      return spec;
    }
    Random random = new Random(~seed);
    return spec.withMembraneBits(
        new MembraneBits(
            spec.layers().stream()
                .map(layer -> MembraneBits.QUANTIZED.get(random.nextInt(3)))
                .toList()));
  }

  /** Everything that a line may say: overlapping windows, odd kernels, hidden linear layers. */
  public static List<String> networks() {
    return List.of(
        "conv 4 padding 0, max-pool 3 stride 2 padding 1, residual-block 6, linear 5, readout",
        "conv 4 kernel 4 padding 0, max-pool 3 stride 1, conv 6 kernel 2 stride 2 padding 0, average-pool 2, readout",
        "conv 4 padding 0, average-pool 2, conv 5 bias, max-pool 2, linear 6 times 2, readout",
        "conv 4 padding 0, residual-block 8 stride 2, conv 6 kernel 5, global-average-pool, readout");
  }

  /** The same with other neurons, of which no membrane is quantized before it fires. */
  public static PackedModel with(PackedModel model, LifNeuron neuron) {
    NetworkSpec spec = model.spec();
    return new PackedModel(
        spec.architecture()
            .spec(
                spec.width(),
                spec.timesteps(),
                spec.inputChannels(),
                spec.inputSize(),
                spec.classes(),
                spec.weightScheme(),
                spec.membraneBits(),
                neuron,
                spec.head()),
        model.weights(),
        model.batchNorms(),
        model.biases(),
        model.membraneScales(),
        model.description());
  }

  /** Leaking less than half and not at all, with other thresholds, both resets, both firings. */
  public static List<LifNeuron> neurons() {
    return List.of(
        new LifNeuron(Quantization.AFTER_RESET, Firing.ABOVE, 0.9f, 1f, Reset.HARD),
        new LifNeuron(Quantization.AFTER_RESET, Firing.AT_OR_ABOVE, 0.25f, 0.5f, Reset.SOFT),
        new LifNeuron(Quantization.AFTER_RESET, Firing.ABOVE, 1f, 0.7f, Reset.SOFT),
        new LifNeuron(Quantization.AFTER_RESET, Firing.AT_OR_ABOVE, 1f, 1f, Reset.HARD));
  }

  private static PackedModel model(NetworkSpec spec, ModelInput input, Random random) {
    List<QuantizedTensor> weights =
        spec.weights().stream().map(weight -> weight(weight, random)).toList();
    List<FoldedBatchNorm> norms =
        spec.convolutions().stream().map(convolution -> norm(convolution, random)).toList();
    List<float[]> biases = List.of(floats(spec.classes(), 0.3f, random));
    List<float[]> scales = new ArrayList<>();
    for (int i = 0; i < spec.layers().size(); i++) {
      float[] alphas = floats(spec.membraneScales(i), 0.5f, random);
      for (int t = 0; t < alphas.length; t++) {
        alphas[t] = random.nextInt(8) == 0 ? 0f : Math.min(0.9999999f, 0.1f + Math.abs(alphas[t]));
      }
      scales.add(alphas);
    }
    ModelDescription description = new ModelDescription(Optional.of(input), List.of(), Map.of());
    return new PackedModel(spec, weights, norms, biases, scales, description);
  }

  private static QuantizedTensor weight(Weight weight, Random random) {
    int elements = (int) weight.elements();
    if (weight.form() == Form.INT8) {
      byte[] codes = new byte[elements];
      IntStream.range(0, elements).forEach(i -> codes[i] = (byte) (random.nextInt(255) - 127));
      return QuantizedTensor.int8(weight.name(), weight.shape(), codes, 0.4f);
    }
    byte[] bits = new byte[(elements + 7) / 8];
    random.nextBytes(bits);
    if (elements % 8 != 0) {
      bits[bits.length - 1] &= (byte) ((1 << elements % 8) - 1);
    }
    byte[] exponents = new byte[weight.shape()[0]];
    IntStream.range(0, exponents.length)
        .forEach(i -> exponents[i] = (byte) (-1 - random.nextInt(4)));
    return QuantizedTensor.binary(weight.name(), weight.shape(), bits, exponents);
  }

  /** Of every kind: usual, negative, zero, and a sum that lies exactly on the threshold. */
  private static FoldedBatchNorm norm(Convolution convolution, Random random) {
    int channels = convolution.outChannels();
    float[] scale = floats(channels, 0.6f, random);
    float[] offset = floats(channels, 0.6f, random);
    for (int c = 0; c < channels; c++) {
      switch (random.nextInt(8)) {
        case 0 -> scale[c] = 0f;
        case 1 -> {
          scale[c] = 0.5f;
          offset[c] = 0.25f;
        }
        case 2 -> offset[c] = 1f;
        default -> scale[c] *= 1 + random.nextInt(2);
      }
    }
    return new FoldedBatchNorm(scale, offset);
  }

  private static float[] floats(int count, float deviation, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * deviation;
    }
    return values;
  }

  /** Numbers that its input may hold. */
  public static short[] input(IntegerNetwork network, Random random) {
    IntegerInput input = network.input();
    if (input.isSteady()) {
      byte[] image = new byte[input.frameLength()];
      random.nextBytes(image);
      return input.ofImage(image);
    }
    short[] numbers = new short[network.timesteps() * input.frameLength()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = input.quantize(random.nextInt(3) == 0 ? 2 * random.nextFloat() : 0);
    }
    return numbers;
  }
}
