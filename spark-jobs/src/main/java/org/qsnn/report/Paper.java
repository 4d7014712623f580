package org.qsnn.report;

import java.util.List;
import java.util.Optional;
import org.qsnn.model.MembraneBits;

/**
 * Numbers of Wei et al., "Q-SNNs: Quantized Spiking Neural Networks" (ACM MM 2024, arXiv
 * 2406.13672v2), to stand beside those of a user's runs. MB are 10⁶ bytes. Accuracies are of the
 * best test epoch; a run here chooses on the validation split and tests once.
 */
public final class Paper {
  /** Batch sizes of {@link #MEMORY}. */
  public static final List<Integer> BATCHES = List.of(1, 64, 256);

  /** Figure 3: CIFAR-10. */
  public static final List<Peer> PEERS =
      List.of(
          new Peer("Wei et al. 2024 (Q-SNN, 1w2u)", 1.62, 95.20),
          new Peer("Yin et al. 2023 (2w2u)", 3.70, 90.79),
          new Peer("Yoo et al. 2023 (1w32u)", 3.70, 91.51),
          new Peer("Wang et al. 2020 (1w32u)", 1.75, 90.19),
          new Peer("Rueckauer et al. 2017 (1w32u)", 1.75, 88.25),
          new Peer("Zhou et al. 2021 (2w32u)", 13.63, 90.93),
          new Peer("Deng et al. 2021 (1w32u)", 15.50, 89.01));

  /** Figure 5: CIFAR-10, ResNet-19, 1w2u; percent. */
  public static final List<Ablation> ABLATION =
      List.of(
          new Ablation("without WS-DR", 93.42),
          new Ablation("with WS-DR", 95.20),
          new Ablation("full precision", 96.36));

  /** Figure 2: firing rates of the first eight spiking layers without WS-DR. */
  public static final List<Double> RATES_WITHOUT =
      List.of(0.20, 0.11, 0.22, 0.13, 0.25, 0.15, 0.27, 0.16);

  /** Figure 4b: the same with it. */
  public static final List<Double> RATES_WITH =
      List.of(0.30, 0.26, 0.30, 0.16, 0.29, 0.15, 0.29, 0.18);

  /** Table 2: weights and the membranes of the largest layer. */
  private static final List<Memory> MEMORY =
      List.of(
          new Memory("resnet19", 32, 32, List.of(50.80, 83.83, 184.49)),
          new Memory("resnet19", 1, 8, List.of(1.75, 10.0, 35.17)),
          new Memory("resnet19", 1, 4, List.of(1.68, 5.81, 18.40)),
          new Memory("resnet19", 1, 2, List.of(1.65, 3.72, 10.01)),
          new Memory("vgg16", 32, 32, List.of(59.16, 75.67, 126.01)),
          new Memory("vgg16", 1, 8, List.of(1.96, 6.09, 18.67)),
          new Memory("vgg16", 1, 4, List.of(1.93, 3.99, 10.28)),
          new Memory("vgg16", 1, 2, List.of(1.91, 2.94, 6.09)),
          new Memory("vggsnn", 32, 32, List.of(37.44, 70.47, 171.13)),
          new Memory("vggsnn", 1, 8, List.of(1.31, 9.57, 34.74)),
          new Memory("vggsnn", 1, 4, List.of(1.25, 5.38, 17.96)),
          new Memory("vggsnn", 1, 2, List.of(1.21, 3.28, 9.57)));

  private static final List<Accuracy> ACCURACY =
      List.of(
          new Accuracy("cifar10", "resnet19", List.of(96.36, 95.54, 95.31, 95.20)),
          new Accuracy("cifar100", "resnet19", List.of(79.52, 78.77, 78.82, 78.70)),
          new Accuracy("tiny-imagenet", "vgg16", List.of(56.77, 55.70, 55.20, 55.04)),
          new Accuracy("dvs-gesture", "vggsnn", List.of(97.83, 97.92, 97.57, 96.53)),
          new Accuracy("cifar10-dvs", "vggsnn", List.of(82.10, 81.60, 81.50, 80.00)));

  private static final List<Integer> MEMBRANE_BITS = List.of(32, 8, 4, 2);

  private Paper() {}

  /**
   * @param percent test accuracy
   */
  public record Peer(String name, double megabytes, double percent) {}

  /**
   * @param percent test accuracy
   */
  public record Ablation(String name, double percent) {}

  /**
   * A row of Table 2.
   *
   * @param megabytes at each of {@link #BATCHES}
   */
  public record Memory(
      String architecture, int weightBits, int membraneBits, List<Double> megabytes) {}

  /** Test accuracies in percent by {@link #MEMBRANE_BITS}; Table 1. */
  private record Accuracy(String dataset, String architecture, List<Double> percent) {}

  /** Table 2's row of a network at full width. */
  public static Optional<Memory> memory(
      String architecture, int weightBits, MembraneBits membraneBits) {
    return MEMORY.stream()
        .filter(row -> row.architecture().equals(architecture))
        .filter(row -> row.weightBits() == weightBits)
        .filter(row -> MembraneBits.of(row.membraneBits()).equals(membraneBits))
        .findFirst();
  }

  /** Table 1's test accuracy in percent; weights have 1 bit, or 32 as membranes do. */
  public static Optional<Double> accuracy(
      String dataset, String architecture, int weightBits, MembraneBits membraneBits) {
    int column = membraneBits.isUniform() ? MEMBRANE_BITS.indexOf(membraneBits.at(0)) : -1;
    if (column < 0 || membraneBits.hasFloats() != (weightBits == MembraneBits.FLOAT)) {
      return Optional.empty();
    }
    return ACCURACY.stream()
        .filter(row -> row.dataset().equals(dataset) && row.architecture().equals(architecture))
        .map(row -> row.percent().get(column))
        .findFirst();
  }
}
