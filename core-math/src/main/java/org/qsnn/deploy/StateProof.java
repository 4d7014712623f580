package org.qsnn.deploy;

import java.util.List;
import org.qsnn.ConfigurationException;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Reset;

/** All that a channel can meet, compared with the float rule: sums, former codes, timesteps. */
final class StateProof {
  /** More combinations than this are not looked at: the layer is refused. */
  private static final double MOST = 1 << 28;

  /** From here on floats are four units apart, or more. */
  private static final int FINE = 1 << 25;

  private final IntegerLayer layer;
  private final List<FloatCurrent> currents;
  private final List<FloatMembrane> membranes;
  private final LifNeuron neuron;
  private final int channel;

  StateProof(
      IntegerLayer layer,
      List<FloatCurrent> currents,
      List<FloatMembrane> membranes,
      LifNeuron neuron,
      int channel) {
    this.neuron = neuron;
    this.layer = layer;
    this.currents = currents;
    this.membranes = membranes;
    this.channel = channel;
  }

  /**
   * Whether factors, offset, threshold and carried membranes are whole numbers of units. A carried
   * membrane may lie between two of them where all currents are even: u is a float within 24 bits,
   * and both its floats and the points half way between them are even from {@link #FINE} units on.
   * What is carried is odd and next to the true number, so that the sum is odd, and no even number
   * lies between it and the true one: both are rounded to the same float. Below, u does not fire
   * and its code is 0.
   */
  boolean isExact() {
    boolean exact =
        isWhole(neuron.bound(), layer.threshold())
            && isWhole(LayerCompiler.subtracted(neuron), layer.subtracted());
    exact &=
        LayerCompiler.isExact(
            LayerCompiler.offset(currents, channel), layer.offsets()[channel], layer.fraction());
    for (int i = 0; i < currents.size(); i++) {
      exact &=
          LayerCompiler.isExact(
              currents.get(i).factor(channel),
              layer.branches().get(i).factors()[channel],
              layer.fraction());
    }
    for (int t = 0; t < membranes.size(); t++) {
      int levels = membranes.get(t).levels();
      for (int code = -levels; code <= levels; code++) {
        exact &=
            isWhole(
                    LayerCompiler.leaked(neuron, membranes.get(t).membrane(code)),
                    layer.membranes().get(t).carried()[code + levels])
                || mayLieBetween(t + 1);
      }
    }
    return exact;
  }

  private boolean isWhole(double value, long units) {
    return LayerCompiler.isExact(value, units, layer.fraction());
  }

  /** Whether what u of a timestep adds to its current may lie between two units. */
  private boolean mayLieBetween(int timestep) {
    boolean isEven = (layer.offsets()[channel] & 1) == 0;
    for (IntegerBranch branch : layer.branches()) {
      isEven &= (branch.factors()[channel] & 1) == 0;
    }
    boolean hasNoCode =
        timestep == layer.membranes().size()
            || layer.membranes().get(timestep).boundaries()[0]
                > Rounding.key(FINE, layer.fraction());
    return isEven && hasNoCode && layer.threshold() > FINE;
  }

  /**
   * @throws ConfigurationException if one differs, or there are too many to look at
   */
  void check() {
    long first = currents.get(0).largest();
    long second = currents.size() > 1 ? currents.get(1).largest() : 0;
    int levels = membranes.isEmpty() ? 0 : membranes.get(0).levels();
    int timesteps = membranes.size() + 1;
    if ((2.0 * first + 1) * (2.0 * second + 1) * (2.0 * levels + 1) * timesteps > MOST) {
      throw refusal("too many combinations to prove that its integers answer as floats do");
    }
    for (long sum = -first; sum <= first; sum++) {
      for (long other = -second; other <= second; other++) {
        check(sum, other, 0, 0);
        for (int t = 1; t < timesteps; t++) {
          for (int code = -levels; code <= levels; code++) {
            check(sum, other, t, code);
          }
        }
      }
    }
  }

  private void check(long sum, long other, int t, int code) {
    float expected = floatPotential(sum, other, t, code);
    float found = integerPotential(sum, other, t, code);
    boolean fires = expected > neuron.bound();
    boolean equal = fires == found > layer.threshold();
    boolean isCleared = fires && neuron.reset() == Reset.HARD;
    if (equal && !isCleared && t < membranes.size()) {
      float left = fires ? expected - neuron.threshold() : expected;
      float units = fires ? Rounding.toFloat((long) found - layer.subtracted()) : found;
      int next = layer.membranes().get(t).code(Rounding.key(units, layer.fraction()));
      equal = membranes.get(t).code(left) == (units < 0 ? -next : next);
    }
    if (!equal) {
      throw refusal(
          "its integers do not answer as floats do at timestep " + t + " for a sum of " + sum);
    }
  }

  private float floatPotential(long sum, long other, int t, int code) {
    FloatCurrent first = currents.get(0);
    float u =
        Math.fma(
            first.scales()[channel],
            first.y(channel, sum),
            LayerCompiler.offset(currents, channel));
    if (currents.size() > 1) {
      FloatCurrent second = currents.get(1);
      u = Math.fma(second.scales()[channel], second.y(channel, other), u);
    }
    return t == 0 ? u : Math.fma(neuron.decay(), membranes.get(t - 1).membrane(code), u);
  }

  private float integerPotential(long sum, long other, int t, int code) {
    List<IntegerBranch> branches = layer.branches();
    float u = Rounding.toFloat(branches.get(0).factors()[channel] * sum + layer.offsets()[channel]);
    if (branches.size() > 1) {
      u = Rounding.toFloat((long) u + branches.get(1).factors()[channel] * other);
    }
    if (t > 0) {
      IntegerMembrane membrane = layer.membranes().get(t - 1);
      u = Rounding.toFloat((long) u + membrane.carried()[code + membrane.levels()]);
    }
    return u;
  }

  private ConfigurationException refusal(String why) {
    return new ConfigurationException(
        layer.name()
            + ", channel "
            + channel
            + ": "
            + why
            + "; no integer semantics for this model");
  }
}
