package org.qsnn.deploy;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.ConfigurationException;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.NetworkSpec.Layer;

/**
 * The currents and membranes of a layer in units of 2^−fraction. The fraction is as large as sums
 * within {@link Rounding#LIMIT} allow, so that the floats of a trained network are whole numbers of
 * units, and R gives the very floats of the float rule.
 *
 * <p>What is no whole number of units (a tiny scale beside large ones), or is so large that it
 * would take the fraction from the others, gets the nearest number that can be had: whether the
 * layer still answers as the float rule does is then found out sum by sum ({@link StateProof}).
 */
final class LayerCompiler {
  /** Currents beyond it are scaled down: no membrane or spike of another branch reaches as far. */
  private static final double HUGE = 0x1p16;

  /**
   * What is left of a huge current of a sum of 1, at least: more than tanh can tell from 1; or
   * twice the threshold.
   */
  private static final double LEFT = 16;

  /** Offset and branches share what the units allow. */
  private static final int PARTS = 4;

  private final Layer layer;
  private final List<FloatCurrent> currents;
  private final List<FloatMembrane> membranes;
  private final LifNeuron neuron;
  private final int fraction;

  LayerCompiler(
      Layer layer, List<FloatCurrent> currents, List<FloatMembrane> membranes, LifNeuron neuron) {
    this.neuron = neuron;
    this.layer = layer;
    this.currents = currents;
    this.membranes = membranes;
    this.fraction = fraction();
  }

  /** Sum of the offsets of a channel's currents, as the float rule adds them. */
  static float offset(List<FloatCurrent> currents, int channel) {
    float offset = currents.get(0).offsets()[channel];
    return currents.size() > 1 ? offset + currents.get(1).offsets()[channel] : offset;
  }

  /** What a neuron that fired loses: 0 where it is reset to 0. */
  static float subtracted(LifNeuron neuron) {
    return neuron.reset() == Reset.SOFT ? neuron.threshold() : 0f;
  }

  /** decay · m, exact: a product of two floats is a double. */
  static double leaked(LifNeuron neuron, float membrane) {
    return (double) neuron.decay() * membrane;
  }

  private double largest(int channel) {
    double sum = Math.abs(offset(currents, channel));
    for (FloatCurrent current : currents) {
      sum += Math.abs(current.factor(channel)) * current.largest();
    }
    return sum;
  }

  private int fraction() {
    double bound = Math.max(2, neuron.threshold());
    double left = Math.max(LEFT, 2 * neuron.threshold());
    double tamed = 0;
    for (int c = 0; c < layer.channels(); c++) {
      double largest = largest(c);
      if (!Double.isFinite(largest)) {
        throw new ConfigurationException(
            layer.name() + ": the currents of channel " + c + " are too large for any number");
      }
      if (largest <= HUGE) {
        bound = Math.max(bound, largest);
      } else {
        for (FloatCurrent current : currents) {
          tamed = Math.max(tamed, left * PARTS * 2 * current.largest());
        }
      }
    }
    return 59 - Math.getExponent(Math.max(bound, tamed));
  }

  IntegerLayer compile() {
    List<long[]> factors = new ArrayList<>();
    for (int i = 0; i < currents.size(); i++) {
      factors.add(new long[layer.channels()]);
    }
    long[] offsets = new long[layer.channels()];
    for (int c = 0; c < layer.channels(); c++) {
      float offset = offset(currents, c);
      double ofAll = largest(c) <= HUGE ? 1 : shrink(Math.abs(offset));
      offsets[c] = units(offset * ofAll);
      for (int i = 0; i < currents.size(); i++) {
        FloatCurrent current = currents.get(i);
        double factor = current.factor(c) * ofAll;
        double shrink = largest(c) <= HUGE ? 1 : shrink(Math.abs(factor) * current.largest());
        factors.get(i)[c] = (long) Math.rint(scaled(factor * shrink));
      }
    }
    List<IntegerBranch> branches = new ArrayList<>();
    for (int i = 0; i < currents.size(); i++) {
      branches.add(currents.get(i).with(factors.get(i)));
    }
    List<IntegerMembrane> integerMembranes = new ArrayList<>();
    for (FloatMembrane membrane : membranes) {
      integerMembranes.add(membrane(membrane));
    }
    return new IntegerLayer(
        layer.name(),
        layer.channels(),
        layer.size(),
        fraction,
        units(neuron.bound()),
        units(subtracted(neuron)),
        branches,
        offsets,
        integerMembranes,
        IntegerPool.of(layer.pool(), layer.size()));
  }

  /** A power of two that brings a part of a huge channel within the units; 1 if it is. */
  private double shrink(double largest) {
    double limit = Math.scalb(1.0, 59 - fraction) / PARTS;
    return largest <= limit ? 1 : Math.scalb(1.0, -Math.getExponent(largest / limit) - 1);
  }

  private IntegerMembrane membrane(FloatMembrane rule) {
    int levels = rule.levels();
    long[] carried = new long[2 * levels + 1];
    for (int code = -levels; code <= levels; code++) {
      carried[code + levels] = units(leaked(neuron, rule.membrane(code)));
    }
    return MembraneCompiler.compile(rule, carried);
  }

  private double scaled(double value) {
    return Math.scalb(value, fraction);
  }

  /** A number of units; odd if it is not exact, so that no tie comes of it that was none. */
  private long units(double value) {
    double scaled = scaled(Math.abs(value));
    long floor = (long) Math.floor(scaled);
    long units = floor == scaled ? floor : floor | 1;
    return value < 0 ? -units : units;
  }

  /** Whether a number is a whole number of units. */
  static boolean isExact(double value, long units, int fraction) {
    return Math.scalb((double) units, -fraction) == value;
  }
}
