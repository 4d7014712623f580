package org.qsnn.nir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.qsnn.deploy.RandomModels;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.PackedModel;
import org.qsnn.model.Pool;

/** Packed models, their graphs as files, and inputs. */
final class NirModels {
  static final String SHA256 = "0".repeat(64);

  private NirModels() {}

  /** VGGSNN with max pools for average pools. */
  static PackedModel maxPooled(int width, int timesteps, int bits, long seed) {
    PackedModel model = RandomModels.vgg(width, timesteps, bits, seed);
    List<Layer> layers =
        model.spec().layers().stream()
            .map(
                layer ->
                    new Layer(
                        layer.name(),
                        layer.channels(),
                        layer.size(),
                        layer.branches(),
                        layer.pool() instanceof Pool.None ? Pool.NONE : new Pool.Max(2)))
            .toList();
    return with(model, model.spec().neuron(), layers, MembraneBits.of(bits));
  }

  /** The same without a quantizer. */
  static PackedModel withFloatMembranes(PackedModel model) {
    return with(
        model, model.spec().neuron(), model.spec().layers(), MembraneBits.of(MembraneBits.FLOAT));
  }

  /** The same neurons, but that they fire at the threshold too. */
  static PackedModel firingAtTheThreshold(PackedModel model) {
    NetworkSpec spec = model.spec();
    LifNeuron neuron = new LifNeuron(spec.neuron().quantization(), LifNeuron.Firing.AT_OR_ABOVE);
    return with(model, neuron, spec.layers(), spec.membraneBits());
  }

  /** The same with batch normalizations in steps of 2^−6: floats add such numbers exactly. */
  static PackedModel inSteps(PackedModel model) {
    return new PackedModel(
        model.spec(),
        model.weights(),
        model.batchNorms().stream()
            .map(norm -> new FoldedBatchNorm(inSteps(norm.scale()), inSteps(norm.offset())))
            .toList(),
        model.biases(),
        model.membraneScales(),
        model.description());
  }

  private static float[] inSteps(float[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(values[i] * 64) / 64f;
    }
    return rounded;
  }

  private static PackedModel with(
      PackedModel model, LifNeuron neuron, List<Layer> layers, MembraneBits bits) {
    NetworkSpec spec = model.spec();
    return new PackedModel(
        new NetworkSpec(
            spec.architecture(),
            spec.width(),
            spec.timesteps(),
            spec.inputChannels(),
            spec.inputSize(),
            spec.classes(),
            spec.weightScheme(),
            bits,
            neuron,
            layers,
            spec.readout()),
        model.weights(),
        model.batchNorms(),
        model.biases(),
        bits.hasFloats()
            ? layers.stream().map(layer -> new float[0]).toList()
            : model.membraneScales(),
        model.description());
  }

  /** {@code [T, B, C, S, S]} numbers around 0. */
  static float[] input(NetworkSpec spec, int batch, Random random) {
    int size = spec.inputSize();
    float[] values = new float[spec.timesteps() * batch * spec.inputChannels() * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The graph's file. */
  static byte[] file(PackedModel model, Path folder) throws Exception {
    Path file = Files.createTempDirectory(folder, "nir").resolve("model.nir");
    NirFile.write(NirExport.graph(model, SHA256), file);
    return Files.readAllBytes(file);
  }
}
