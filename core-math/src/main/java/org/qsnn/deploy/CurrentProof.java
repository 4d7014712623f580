package org.qsnn.deploy;

import java.util.List;
import java.util.stream.IntStream;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;

/**
 * That a compiled network answers as its float rule behind the first layer. For each channel whose
 * numbers are whole numbers of units:
 *
 * <ol>
 *   <li>every possible sum of the first branch gives the float current, bit for bit: all are
 *       compared;
 *   <li>a second branch and the carried membrane add whole numbers of units, so that the exact sum,
 *       and with it its rounding, is the float rule's. A carried membrane that is no whole number
 *       stands between two, and is one that no tie comes of ({@link StateProof#isExact});
 *   <li>the code of every float u is that of the float rule, as {@link MembraneCompiler} finds it.
 * </ol>
 *
 * <p>Together that is every sum, former code and spike of another branch. Of channels with numbers
 * that are no whole units all combinations are compared ({@link StateProof}).
 */
final class CurrentProof {
  private CurrentProof() {}

  static void check(PackedModel model, IntegerNetwork network) {
    NetworkCompiler compiler = new NetworkCompiler(model);
    LifNeuron neuron = model.spec().neuron();
    for (int i = 0; i < network.layers().size(); i++) {
      IntegerLayer layer = network.layers().get(i);
      if (layer.branches().stream().allMatch(branch -> branch.source() != NetworkSpec.INPUT)) {
        List<FloatCurrent> currents = compiler.currents(i, network.input());
        List<FloatMembrane> membranes = compiler.membranes(i);
        IntStream.range(0, layer.channels())
            .parallel()
            .forEach(
                c ->
                    check(
                        new StateProof(layer, currents, membranes, neuron, c), layer, currents, c));
      }
    }
  }

  private static void check(
      StateProof states, IntegerLayer layer, List<FloatCurrent> currents, int channel) {
    if (!states.isExact() || !hasFloatCurrents(layer, currents, channel)) {
      states.check();
    }
  }

  private static boolean hasFloatCurrents(
      IntegerLayer layer, List<FloatCurrent> currents, int channel) {
    FloatCurrent first = currents.get(0);
    long factor = layer.branches().get(0).factors()[channel];
    float offset = LayerCompiler.offset(currents, channel);
    float unit = Math.scalb(1f, -layer.fraction());
    for (long sum = -first.largest(); sum <= first.largest(); sum++) {
      float expected = Math.fma(first.scales()[channel], first.y(channel, sum), offset);
      float found = Rounding.toFloat(factor * sum + layer.offsets()[channel]) * unit;
      if (expected != found) {
        return false;
      }
    }
    return true;
  }
}
