package org.qsnn.nir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.DataException;

/**
 * Nodes and what flows between them. What several edges bring into a node is added up.
 *
 * @param nodes by name: identifiers of Python
 * @param metadata no reader depends on it
 */
public record NirGraph(Map<String, NirNode> nodes, List<Edge> edges, Map<String, String> metadata) {
  /** Name of the node that the samples enter. */
  static final String INPUT = "input";

  /** Name of the node that the logits leave. */
  static final String OUTPUT = "output";

  public NirGraph {
    nodes = new LinkedHashMap<>(nodes);
    edges = List.copyOf(edges);
    metadata = new TreeMap<>(metadata);
  }

  /** From what one node computes to what another reads. */
  public record Edge(String from, String to) {}

  /** The nodes that a node reads. */
  List<String> sources(String node) {
    return edges.stream().filter(edge -> edge.to().equals(node)).map(Edge::from).toList();
  }

  /**
   * The names of all nodes, each behind those that it reads.
   *
   * @throws DataException if an edge leads nowhere or the graph has a cycle
   */
  List<String> order() {
    Map<String, Integer> missing = new HashMap<>();
    Map<String, List<String>> readers = new HashMap<>();
    for (Edge edge : edges) {
      if (!nodes.containsKey(edge.from()) || !nodes.containsKey(edge.to())) {
        throw new DataException("NIR: edges must join nodes of the graph; found " + edge);
      }
      missing.merge(edge.to(), 1, Integer::sum);
      readers.computeIfAbsent(edge.from(), any -> new ArrayList<>()).add(edge.to());
    }
    Deque<String> ready = new ArrayDeque<>();
    nodes.keySet().stream().filter(name -> !missing.containsKey(name)).forEach(ready::add);
    List<String> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      String name = ready.remove();
      order.add(name);
      for (String reader : readers.getOrDefault(name, List.of())) {
        if (missing.merge(reader, -1, Integer::sum) == 0) {
          ready.add(reader);
        }
      }
    }
    if (order.size() < nodes.size()) {
      throw new DataException("NIR: a graph must be free of cycles; found one");
    }
    return order;
  }
}
