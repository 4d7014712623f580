package org.qsnn.metric;

import java.io.Serializable;
import org.qsnn.model.NetworkSpec;

/**
 * What evaluating a network on a set of samples found. Counts merge exactly in any order; the loss
 * is a floating-point sum, so merge in shard order where its last bits matter.
 */
public final class Evaluation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Confusion confusion;
  private final SpikeCounts spikes;
  private double lossSum;
  private Mistakes mistakes;
  private OperationCounts operations;

  /** No sample of a network evaluated yet: neutral in {@link #merge}. */
  public static Evaluation none(NetworkSpec network) {
    return new Evaluation(network.classes(), network.layers().size(), network.timesteps());
  }

  /** As {@link #none}. */
  Evaluation(int classes, int layers, int timesteps) {
    this(
        new Confusion(classes),
        new SpikeCounts(layers, timesteps),
        0,
        Mistakes.NONE,
        OperationCounts.NONE);
  }

  private Evaluation(
      Confusion confusion,
      SpikeCounts spikes,
      double lossSum,
      Mistakes mistakes,
      OperationCounts operations) {
    this.confusion = confusion;
    this.spikes = spikes;
    this.lossSum = lossSum;
    this.mistakes = mistakes;
    this.operations = operations;
  }

  /** Counts one sample; {@code loss} is its cross entropy. */
  public void add(int label, int predicted, double loss) {
    confusion.add(label, predicted);
    lossSum += loss;
  }

  /** Whether a mistake with this sample would be {@linkplain #keep kept}. */
  public boolean wouldKeep(long id) {
    return mistakes.wouldKeep(id);
  }

  /** Keeps one of the samples that were counted, if its id is small enough. */
  public void keep(Mistake mistake) {
    mistakes = mistakes.merge(Mistakes.of(mistake));
  }

  /** Counts a batch's spikes of one layer, see {@link SpikeCounts#add}. */
  public void addSpikes(int layer, long[] spikes, long chances) {
    this.spikes.add(layer, spikes, chances);
  }

  /** Counts operations of samples. */
  public void addOperations(OperationCounts counts) {
    operations = operations.plus(counts);
  }

  /** This evaluation and then the other, as a new value. */
  public Evaluation merge(Evaluation other) {
    return new Evaluation(
        confusion.merge(other.confusion),
        spikes.merge(other.spikes),
        lossSum + other.lossSum,
        mistakes.merge(other.mistakes),
        operations.plus(other.operations));
  }

  public Confusion confusion() {
    return confusion;
  }

  public SpikeCounts spikes() {
    return spikes;
  }

  /** None unless they were {@linkplain #keep kept}. */
  public Mistakes mistakes() {
    return mistakes;
  }

  /** None unless they were {@linkplain #addOperations counted}. */
  public OperationCounts operations() {
    return operations;
  }

  public long samples() {
    return confusion.samples();
  }

  /** See {@link Confusion#accuracy}. */
  public double accuracy() {
    return confusion.accuracy();
  }

  /**
   * Mean cross entropy of a sample, in nats.
   *
   * @throws IllegalStateException if no sample was counted
   */
  public double meanLoss() {
    if (samples() == 0) {
      throw new IllegalStateException("mean loss of 0 samples");
    }
    return lossSum / samples();
  }
}
