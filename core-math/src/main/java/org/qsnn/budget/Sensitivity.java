package org.qsnn.budget;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.qsnn.ConfigurationException;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.PackedModel;
import org.qsnn.train.Evaluator;

/**
 * How much a trained network loses where one layer's membrane has other bits: the network is
 * evaluated once for each layer and each number of bits that the layer was not trained with.
 */
public final class Sensitivity {
  private final PackedModel model;
  private final Evaluator evaluator;
  private final Map<MembraneBits, Evaluation> known = new HashMap<>();

  /**
   * @throws ConfigurationException if the network's membranes cannot have other bits
   */
  public Sensitivity(PackedModel model, Evaluator evaluator) {
    this.model = model;
    this.evaluator = evaluator;
    NetworkSpec spec = model.spec();
    if (spec.membraneBits().hasFloats()) {
      throw new ConfigurationException(
          "network.membrane-bits: must be 2, 4 or 8 in every layer, for a float membrane has no scale; found "
              + spec.membraneBits().shown());
    }
    if (spec.membraneScales(0) == 0) {
      throw new ConfigurationException(
          "network.timesteps: must be at least 2, for membranes are carried from one timestep to the next; found "
              + spec.timesteps());
    }
  }

  /** How often {@link #layers} evaluates the network. */
  public int evaluations() {
    return 1 + model.spec().layers().size() * (MembraneBits.QUANTIZED.size() - 1);
  }

  /**
   * @param listener hears how many evaluations are done
   */
  public List<LayerSensitivity> layers(IntConsumer listener) {
    NetworkSpec spec = model.spec();
    List<LayerSensitivity> layers = new ArrayList<>();
    for (int i = 0; i < spec.layers().size(); i++) {
      Map<Integer, Double> losses = new TreeMap<>();
      for (int bits : MembraneBits.QUANTIZED) {
        losses.put(bits, with(changed(spec, i, bits), listener).meanLoss());
      }
      Layer layer = spec.layers().get(i);
      layers.add(new LayerSensitivity(layer.listedName(), layer.neurons(), losses));
    }
    return layers;
  }

  /** The network's evaluation with such bits in all layers, computed once. */
  public Evaluation with(MembraneBits bits, IntConsumer listener) {
    Evaluation evaluation = known.get(bits);
    if (evaluation == null) {
      evaluation = evaluator.evaluate(model.withMembraneBits(bits));
      known.put(bits, evaluation);
      listener.accept(known.size());
    }
    return evaluation;
  }

  private static MembraneBits changed(NetworkSpec spec, int layer, int bits) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < spec.layers().size(); i++) {
      all.add(i == layer ? bits : spec.membraneBits(i));
    }
    return new MembraneBits(all);
  }
}
