package org.qsnn.deploy;

import java.util.List;
import org.qsnn.model.PackedModel;

/**
 * A packed network as integers (INTEGER.md): what the runner computes and what every export writes.
 *
 * @param architecture name of the architecture
 * @param timesteps T
 * @param classNames one a class; empty where nobody named them
 * @param layers in order of execution
 */
public record IntegerNetwork(
    String architecture,
    int timesteps,
    List<String> classNames,
    IntegerInput input,
    List<IntegerLayer> layers,
    IntegerReadout readout) {
  public IntegerNetwork {
    classNames = List.copyOf(classNames);
    layers = List.copyOf(layers);
  }

  /**
   * Compiles a model and proves that every layer behind the first answers as its float rule does.
   *
   * @throws org.qsnn.ConfigurationException if a layer cannot be equal, with its name
   */
  public static IntegerNetwork of(PackedModel model) {
    IntegerNetwork network = compile(model);
    CurrentProof.check(model, network);
    return network;
  }

  /**
   * Compiles without the proof: for a model for which {@link #of} passed before.
   *
   * @throws org.qsnn.ConfigurationException as {@link #of}, where no proof is needed to see it
   */
  public static IntegerNetwork compile(PackedModel model) {
    return new NetworkCompiler(model).compile();
  }

  public int classes() {
    return readout.classes();
  }

  /** Of a branch: what its source hands on are counts from 0 to this; 0 for the input's numbers. */
  public int counts(IntegerBranch branch) {
    return branch.source() < 0 ? 0 : layers.get(branch.source()).counts();
  }

  /** The largest padding with which a branch reads a layer. */
  int padding(int layer) {
    int padding = 0;
    for (IntegerLayer reader : layers) {
      for (IntegerBranch branch : reader.branches()) {
        padding = Math.max(padding, branch.source() == layer ? branch.padding() : 0);
      }
    }
    return padding;
  }
}
