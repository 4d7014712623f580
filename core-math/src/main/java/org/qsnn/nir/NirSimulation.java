package org.qsnn.nir;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.DataException;

/**
 * A graph, computed by NIR's rules: at each timestep every node reads the sum of what its edges
 * bring. For the samples of one batch, from its first timestep to its last.
 */
final class NirSimulation implements AutoCloseable {
  private final Map<String, List<String>> sources = new HashMap<>();
  private final Map<String, NirOperator> operators = new LinkedHashMap<>();
  private final Map<String, float[]> outputs = new HashMap<>();

  /**
   * @throws DataException if the graph is none that this can compute
   */
  NirSimulation(NirGraph graph, int batch) {
    try {
      for (String name : graph.order()) {
        List<String> from = graph.sources(name);
        int[] input = from.isEmpty() ? new int[0] : operators.get(from.get(0)).shape();
        sources.put(name, from);
        operators.put(name, NirOperator.of(graph.nodes().get(name), input, batch, NirExport.DT));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * The next timestep.
   *
   * @param input {@code [B, C, S, S]}
   * @return {@code [B, classes]}
   */
  float[] step(float[] input) {
    operators.forEach(
        (name, operator) ->
            outputs.put(
                name,
                operator.apply(name.equals(NirGraph.INPUT) ? input : sum(sources.get(name)))));
    return output(NirGraph.OUTPUT);
  }

  /** What a node computed at the last timestep. */
  float[] output(String node) {
    return outputs.get(node);
  }

  private float[] sum(List<String> from) {
    float[] first = outputs.get(from.get(0));
    if (from.size() == 1) {
      return first;
    }
    float[] sum = first.clone();
    for (String name : from.subList(1, from.size())) {
      float[] more = outputs.get(name);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += more[i];
      }
    }
    return sum;
  }

  @Override
  public void close() {
    operators.values().forEach(NirOperator::close);
  }
}
