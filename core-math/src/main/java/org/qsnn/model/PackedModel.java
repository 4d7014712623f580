package org.qsnn.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.qsnn.DataException;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.NetworkSpec.Weight;

/**
 * A trained network with everything that its answers depend on, and nothing else.
 *
 * @param weights as {@link NetworkSpec#weights()} lists them
 * @param batchNorms one for each of {@link NetworkSpec#convolutions()}
 * @param biases of the readout's linear layers
 * @param membraneScales for each layer {@code [spec.membraneScales(layer)]}: α of the timesteps,
 *     from the first on
 * @param description what it is shown, what its classes are called, and how it came to be
 */
public record PackedModel(
    NetworkSpec spec,
    List<QuantizedTensor> weights,
    List<FoldedBatchNorm> batchNorms,
    List<float[]> biases,
    List<float[]> membraneScales,
    ModelDescription description) {

  /** The kind of its {@link TensorFile}. */
  public static final String KIND = "packed-model";

  public PackedModel {
    weights = List.copyOf(weights);
    batchNorms = List.copyOf(batchNorms);
    biases = List.copyOf(biases);
    membraneScales = List.copyOf(membraneScales);
    checkWeights(spec.weights(), weights);
    checkBatchNorms(spec.convolutions(), batchNorms);
    List<Linear> linears = spec.readout().layers();
    check("readout biases", biases.size(), linears.size());
    for (int i = 0; i < biases.size(); i++) {
      check(linears.get(i).name() + " bias", biases.get(i).length, linears.get(i).outputs());
    }
    if (!description.classNames().isEmpty()) {
      check("class names", description.classNames().size(), spec.classes());
    }
    check("layers with membrane scales", membraneScales.size(), spec.layers().size());
    for (int i = 0; i < membraneScales.size(); i++) {
      String layer = spec.layers().get(i).name();
      check(layer + " membrane scales", membraneScales.get(i).length, spec.membraneScales(i));
    }
  }

  /**
   * The same weights with other membranes, which have the same scales: α does not depend on the
   * bits.
   *
   * @throws IllegalArgumentException if a float membrane, which has no scale, would get fewer bits
   */
  public PackedModel withMembraneBits(MembraneBits bits) {
    return new PackedModel(
        spec.withMembraneBits(bits), weights, batchNorms, biases, membraneScales, description);
  }

  /**
   * Reads a model file; see {@link TensorFile#read}.
   *
   * @throws DataException if it is damaged, or not the model that its metadata describes
   */
  public static PackedModel read(InputStream in, long length, String name) throws IOException {
    return of(TensorFile.read(in, length, name));
  }

  /**
   * @throws DataException if the file's tensors are not those of its network
   */
  public static PackedModel of(TensorFile file) {
    return PackedModelFile.fromFile(file);
  }

  public TensorFile toFile() {
    return PackedModelFile.toFile(this);
  }

  public void write(OutputStream out) throws IOException {
    toFile().write(out);
  }

  private static void checkWeights(List<Weight> expected, List<QuantizedTensor> found) {
    check("weights", found.size(), expected.size());
    for (int i = 0; i < expected.size(); i++) {
      Weight weight = expected.get(i);
      QuantizedTensor tensor = found.get(i);
      if (!tensor.name().equals(weight.name())
          || !Arrays.equals(tensor.shape(), weight.shape())
          || tensor.form() != weight.form()) {
        throw new IllegalArgumentException(
            "weight "
                + i
                + ": expected "
                + text(weight.name(), weight.shape(), weight.form())
                + ", found "
                + text(tensor.name(), tensor.shape(), tensor.form()));
      }
    }
  }

  private static void checkBatchNorms(List<Convolution> expected, List<FoldedBatchNorm> found) {
    check("batch normalizations", found.size(), expected.size());
    for (int i = 0; i < expected.size(); i++) {
      Convolution convolution = expected.get(i);
      check(convolution.name() + " channels", found.get(i).channels(), convolution.outChannels());
    }
  }

  private static void check(String what, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(what + ": expected " + expected + ", found " + found);
    }
  }

  private static String text(String name, int[] shape, QuantizedTensor.Form form) {
    return name + " " + Arrays.toString(shape) + " " + form;
  }
}
