package org.qsnn.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.qsnn.model.NetworkSpec;

/**
 * One epoch's row in a run's metrics. Every number is finite: anything else is a bug and refused.
 *
 * @param epoch counted from 0
 * @param loss mean over steps of the whole loss, in nats; so its two parts
 * @param trainAccuracy 0…1, while training
 * @param validationAccuracy 0…1 after the epoch; null when there is no validation
 * @param learningRate at the epoch's first step; so {@code k} and {@code t}, the sign's surrogate
 * @param samplesPerSecond trained samples over the seconds of training, validation left out
 * @param weights of every tensor of synaptic weights, in order of execution
 */
public record EpochMetrics(
    int epoch,
    double loss,
    double crossEntropy,
    double rateTerm,
    double trainAccuracy,
    Double validationAccuracy,
    double learningRate,
    double k,
    double t,
    double samplesPerSecond,
    Seconds seconds,
    List<Layer> layers,
    List<WeightDistribution> weights,
    Hashes hashes) {

  public EpochMetrics {
    layers = List.copyOf(layers);
    weights = List.copyOf(weights);
    checkFinite("loss", loss);
    checkFinite("cross entropy", crossEntropy);
    checkFinite("rate term", rateTerm);
    checkFinite("train accuracy", trainAccuracy);
    checkFiniteOrNull("validation accuracy", validationAccuracy);
    checkFinite("learning rate", learningRate);
    checkFinite("k", k);
    checkFinite("t", t);
    checkFinite("samples per second", samplesPerSecond);
  }

  /** Wall-clock seconds, see {@link EpochSums.Seconds}; the first four add up to the total. */
  public record Seconds(
      double compute, double reduce, double driver, double validation, double total) {
    public Seconds {
      checkFinite("seconds", compute + reduce + driver + validation + total);
    }
  }

  /**
   * One spiking layer.
   *
   * @param firingRate 0…1, mean over the epoch's steps
   * @param firingRates the same of each timestep; {@code firingRate} is their mean
   * @param entropy bits of one spike at that rate
   * @param validationFiringRate 0…1; null when there is no validation
   * @param validationFiringRates the same of each timestep; null likewise
   * @param validation spikes behind these rates; null likewise
   * @param signFlips 1-bit weights feeding the layer whose sign the epoch changed
   * @param weights 1-bit weights feeding the layer
   */
  public record Layer(
      String name,
      double firingRate,
      List<Double> firingRates,
      double entropy,
      Double validationFiringRate,
      List<Double> validationFiringRates,
      Spikes validation,
      long signFlips,
      long weights) {
    public Layer {
      checkFinite(name + " firing rate", firingRate);
      firingRates = List.copyOf(firingRates);
      validationFiringRates =
          validationFiringRates == null ? null : List.copyOf(validationFiringRates);
      checkFinite(name + " entropy", entropy);
      checkFiniteOrNull(name + " validation firing rate", validationFiringRate);
    }
  }

  /**
   * Spikes of a layer.
   *
   * @param ones neurons · timesteps · samples that hold one
   * @param all neurons · timesteps · samples
   */
  public record Spikes(long ones, long all) {}

  /**
   * SHA-256 of the state after the epoch, by which two runs are compared.
   *
   * @param parameters of all of it: latent parameters and running statistics
   * @param windows of each tensor by its name, in layout order
   */
  public record Hashes(String parameters, Map<String, String> windows) {
    public Hashes {
      windows = Collections.unmodifiableMap(new LinkedHashMap<>(windows));
    }
  }

  /** What the schedules said at the epoch's first step. */
  public record Schedule(double learningRate, double k, double t) {}

  /** What the epoch's end found: weights, validation where there is one, and the state. */
  public record EpochEnd(
      long[] signFlips,
      long[] binaryWeights,
      List<WeightDistribution> weights,
      Evaluation validation,
      double validationSeconds,
      Hashes hashes) {}

  /** The row that an epoch's sums make. */
  public static EpochMetrics of(
      int epoch, NetworkSpec network, EpochSums sums, Schedule schedule, EpochEnd end) {
    EpochSums.Loss loss = sums.loss();
    EpochSums.Seconds spent = sums.seconds();
    double training = spent.compute() + spent.reduce() + spent.driver();
    return new EpochMetrics(
        epoch,
        loss.total(),
        loss.crossEntropy(),
        loss.rateTerm(),
        sums.accuracy(),
        end.validation() == null ? null : end.validation().accuracy(),
        schedule.learningRate(),
        schedule.k(),
        schedule.t(),
        sums.samples() / Math.max(training, 1e-9),
        new Seconds(
            spent.compute(),
            spent.reduce(),
            spent.driver(),
            end.validationSeconds(),
            training + end.validationSeconds()),
        layers(network, sums.firingRates(), end),
        end.weights(),
        end.hashes());
  }

  /** Mean of the layers' firing rates. */
  public double meanFiringRate() {
    return layers.stream().mapToDouble(Layer::firingRate).average().orElse(0);
  }

  private static List<Layer> layers(NetworkSpec network, double[] rates, EpochEnd end) {
    List<Layer> layers = new ArrayList<>();
    int timesteps = network.timesteps();
    SpikeCounts validation = end.validation() == null ? null : end.validation().spikes();
    for (int i = 0; i < network.layers().size(); i++) {
      double[] overTime = Arrays.copyOfRange(rates, i * timesteps, (i + 1) * timesteps);
      double rate = DoubleStream.of(overTime).average().orElseThrow();
      layers.add(
          new Layer(
              network.layers().get(i).name(),
              rate,
              boxed(overTime),
              Entropy.ofRate(rate),
              validation == null ? null : validation.rate(i),
              validation == null ? null : boxed(validation.rates(i)),
              validation == null ? null : new Spikes(validation.spikes(i), validation.chances(i)),
              end.signFlips()[i],
              end.binaryWeights()[i]));
    }
    return layers;
  }

  private static List<Double> boxed(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }

  private static void checkFinite(String what, double found) {
    if (!Double.isFinite(found)) {
      throw new IllegalArgumentException(what + ": expected a finite number, found " + found);
    }
  }

  private static void checkFiniteOrNull(String what, Double found) {
    if (found != null) {
      checkFinite(what, found);
    }
  }
}
