package org.qsnn.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.qsnn.json.Json;

/**
 * This program beside another on the same machine, run alternately: neighbors in time share the
 * machine's mood, so each pair has its ratio, and the medians count.
 *
 * @param processor name of the machine's CPU
 * @param processorCores that this process may use
 */
public record Comparison(
    BenchmarkOptions options,
    String command,
    String processor,
    int processorCores,
    List<Pair> pairs) {

  public Comparison {
    pairs = List.copyOf(pairs);
  }

  /** One measurement of each side, one right after the other. */
  public record Pair(Throughput own, Throughput other) {
    double trainRatio() {
      return own.train() / other.train();
    }

    double inferRatio() {
      return own.infer() / other.infer();
    }

    /** One line for people. */
    public String text() {
      return String.format(
          Locale.ROOT,
          "train %.1f ÷ %.1f = %.2f, infer %.1f ÷ %.1f = %.2f samples/s",
          own.train(),
          other.train(),
          trainRatio(),
          own.infer(),
          other.infer(),
          inferRatio());
    }

    /** One JSON object on one line. */
    public String json() {
      ObjectNode json = Json.object();
      json.put("what", "pair");
      putSides(json, List.of(this));
      return Json.text(json);
    }
  }

  /** One JSON object on one line: the medians of both sides and of the pairs' ratios. */
  public String json() {
    ObjectNode json = Json.object();
    json.put("what", "compare");
    options.putInto(json);
    json.put("pairs", pairs.size());
    putSides(json, pairs);
    json.put("processor", processor);
    json.put("processor_cores", processorCores);
    json.put("command", command);
    return Json.text(json);
  }

  private static void putSides(ObjectNode json, List<Pair> pairs) {
    json.put("train_samples_per_s", median(pairs, pair -> pair.own().train()));
    json.put("infer_samples_per_s", median(pairs, pair -> pair.own().infer()));
    json.put("other_train_samples_per_s", median(pairs, pair -> pair.other().train()));
    json.put("other_infer_samples_per_s", median(pairs, pair -> pair.other().infer()));
    json.put("train_ratio", median(pairs, Pair::trainRatio));
    json.put("infer_ratio", median(pairs, Pair::inferRatio));
  }

  /** The middle one, or the mean of the middle two; to three decimals. */
  private static double median(List<Pair> pairs, ToDoubleFunction<Pair> value) {
    double[] sorted = pairs.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return BenchmarkResult.rounded(median);
  }
}
