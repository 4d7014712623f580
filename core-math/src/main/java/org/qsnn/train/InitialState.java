package org.qsnn.train;

import java.util.Map;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochSums;
import org.qsnn.metric.SignFlips;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterInitializer;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.SynapticWeights;
import org.qsnn.quantize.WeightQuantizer;

/** Where a training begins: a function of the network and the seed, or of what another learned. */
public final class InitialState {
  private InitialState() {}

  /** Of a training that uses the paper's optimizer and belongs to nothing. */
  public static TrainingState of(NetworkLayout layout, long seed) {
    return of(layout, drawn(layout, seed), Descent.of(Sgd.standard(), 0.1), Map.of());
  }

  static LearnedWeights drawn(NetworkLayout layout, long seed) {
    return new LearnedWeights(
        ParameterInitializer.parameters(layout, seed), ParameterInitializer.statistics(layout));
  }

  /**
   * @param start is left as it is: what steps change in place are copies
   * @param metadata what the state belongs to
   */
  static TrainingState of(
      NetworkLayout layout, LearnedWeights start, Descent descent, Map<String, String> metadata) {
    Parameters parameters = copy(start.parameters());
    return new TrainingState(
        0,
        0,
        parameters,
        copy(start.statistics()),
        OptimizerState.zeros(descent.stateNames(), layout.parameters()),
        EpochSums.empty(layout.spec().layers().size(), layout.spec().timesteps()).flatten(),
        signs(new WeightQuantizer(layout).quantize(parameters)),
        TrainingState.NONE,
        TrainingState.NONE,
        0,
        metadata);
  }

  private static Parameters copy(Parameters vector) {
    return new Parameters(vector.layout(), vector.values().clone());
  }

  /** Signs of the binary weights, packed. */
  static byte[] signs(SynapticWeights weights) {
    return SignFlips.signs(weights.tensors());
  }
}
