package org.qsnn.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qsnn.json.Json;
import org.qsnn.metric.Confusion;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.metric.Mistake;
import org.qsnn.metric.Mistakes;
import org.qsnn.metric.WeightDistribution;
import org.qsnn.sample.Picture;

/** Values that tests write. */
public final class Examples {
  private Examples() {}

  public static EpochMetrics epoch(Double validationAccuracy, Double validationRate) {
    return new EpochMetrics(
        2,
        1.2344,
        1.2340,
        0.0004,
        0.456,
        validationAccuracy,
        0.1,
        10,
        0.1,
        147.4,
        new EpochMetrics.Seconds(10, 0.5, 1, 0.75, 12.25),
        List.of(
            layer("stem", 0.25, 0.8125, validationRate, 0),
            layer("blocks.0.lif1", 0.125, 0.5436, validationRate, 1152)),
        List.of(
            WeightDistribution.of(
                "blocks.0.conv1.conv.weight", 1, new float[] {-1.5f, -0.25f, 0, 0.5f})),
        new EpochMetrics.Hashes("ab12", Map.of("stem.conv.weight", "cd34")));
  }

  /** Two timesteps; 17 of the weights flipped where there are any. */
  private static EpochMetrics.Layer layer(
      String name, double rate, double entropy, Double validationRate, long weights) {
    return new EpochMetrics.Layer(
        name,
        rate,
        List.of(rate / 2, rate * 1.5),
        entropy,
        validationRate,
        validationRate == null ? null : List.of(validationRate, validationRate),
        validationRate == null ? null : new EpochMetrics.Spikes(64, 256),
        Math.min(17, weights),
        weights);
  }

  public static Summary summary(Double validationAccuracy, double testAccuracy) {
    return summary(validationAccuracy, testAccuracy, false);
  }

  static Summary summary(Double validationAccuracy, double testAccuracy, boolean testMirror) {
    Confusion confusion = new Confusion(2);
    confusion.add(0, 0);
    confusion.add(1, 0);
    return new Summary(
        "train",
        "resnet19",
        "cifar10",
        10,
        147,
        validationAccuracy,
        testAccuracy,
        testMirror,
        "ab12",
        "hdfs://nn/runs/x/model/best.safetensors",
        1_620_000,
        50_280_000,
        71.5,
        6,
        confusion);
  }

  /** Of samples 7 and 8: class 0 taken for 1 and the reverse, with pictures of one pixel. */
  public static Mistakes mistakes() {
    return Mistakes.of(
        new Mistake(8, 1, 0, new Picture(1, new byte[] {-1, 0, 0})),
        new Mistake(7, 0, 1, new Picture(1, new byte[] {1, 2, 3})));
  }

  public static Fingerprint fingerprint() {
    return Fingerprint.of(
        new Fingerprint.Inputs(
            "ab12",
            "cd34",
            Optional.of("ef56"),
            Optional.of("0a1b"),
            1,
            "linux-x86_64-onednn-avx2"));
  }

  public static byte[] fingerprintFile() {
    return Json.line(fingerprint().json());
  }
}
