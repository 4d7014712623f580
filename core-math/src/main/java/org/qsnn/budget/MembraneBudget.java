package org.qsnn.budget;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import org.qsnn.metric.Evaluation;
import org.qsnn.model.Footprint;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.PackedModel;
import org.qsnn.train.Evaluator;

/**
 * Chooses membrane bits by layer for a trained network: a pass over all layers, the best choice by
 * what each of them loses, and then what all of them lose together, beside the same bits in every
 * layer.
 */
public final class MembraneBudget {
  private final PackedModel model;
  private final Sensitivity sensitivity;

  /**
   * @param evaluator on samples that the network was not trained on
   * @throws org.qsnn.ConfigurationException if the network's membranes cannot have other bits
   */
  public MembraneBudget(PackedModel model, Evaluator evaluator) {
    this.model = model;
    this.sensitivity = new Sensitivity(model, evaluator);
  }

  /**
   * Membranes that were tried in all layers at once.
   *
   * @param membraneBytes of one sample
   */
  public record Candidate(MembraneBits bits, long membraneBytes, Evaluation evaluation) {}

  /**
   * @param layers what each of them loses
   * @param candidates the trained bits, the same bits in every layer, the choice by layer; each
   *     once
   * @param chosen the one of these within the budget whose loss is least
   */
  public record Plan(List<LayerSensitivity> layers, List<Candidate> candidates, Candidate chosen) {}

  /** Bytes of all membranes of a sample with the fewest bits: a smaller budget has no plan. */
  public long leastBytes() {
    return bytes(MembraneBits.of(MembraneBits.QUANTIZED.get(0)));
  }

  /** How often {@link #plan} evaluates the network at most. */
  public int evaluations() {
    return sensitivity.evaluations() + MembraneBits.QUANTIZED.size() + 1;
  }

  /**
   * @param mostBytes of all membranes of a sample, at least {@link #leastBytes}
   * @param listener hears how many evaluations are done
   */
  public Plan plan(long mostBytes, IntConsumer listener) {
    List<LayerSensitivity> layers = sensitivity.layers(listener);
    long useful =
        Math.min(mostBytes, bytes(MembraneBits.of(Collections.max(MembraneBits.QUANTIZED))));
    MembraneBits byLayer = BitChoice.of(layers, Byte.SIZE * useful).orElseThrow();
    List<MembraneBits> tried = new ArrayList<>();
    tried.add(model.spec().membraneBits());
    MembraneBits.QUANTIZED.forEach(bits -> tried.add(MembraneBits.of(bits)));
    tried.add(byLayer);
    List<Candidate> candidates = new ArrayList<>();
    for (MembraneBits bits : tried.stream().distinct().toList()) {
      candidates.add(new Candidate(bits, bytes(bits), sensitivity.with(bits, listener)));
    }
    Candidate chosen =
        candidates.stream()
            .filter(candidate -> candidate.membraneBytes() <= mostBytes)
            .min(
                Comparator.comparingDouble((Candidate c) -> c.evaluation().meanLoss())
                    .thenComparingLong(Candidate::membraneBytes))
            .orElseThrow();
    return new Plan(layers, List.copyOf(candidates), chosen);
  }

  private long bytes(MembraneBits bits) {
    return Footprint.of(model.spec().withMembraneBits(bits)).membraneBytes();
  }
}
