package org.qsnn.nir;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qsnn.DataException;
import org.qsnn.nir.NirGraph.Edge;

/**
 * A graph as NIR's HDF5 file, version 1: what {@code nir.read} of the format's own library takes.
 * Equal graphs give equal bytes wherever the library, whose version stands in the file's last
 * bytes, and the kind of machine are the same.
 */
public final class NirFile {
  private static final String VERSION = "1.0";
  private static final String LIBRARY = "_jHDF";
  private static final String GRAPH = "NIRGraph";
  private static final String TYPE = "type";

  /** Arrays of fewer values than this lie in the file as they are. */
  private static final int SMALL = 64;

  private NirFile() {}

  /**
   * Writes a new file.
   *
   * @param file on the local disk: the library writes to nothing else
   */
  public static void write(NirGraph graph, Path file) {
    try (WritableHdfFile root = HdfFile.write(file)) {
      // The library names itself and the machine: equal graphs would differ.
      root.removeAttribute(LIBRARY);
      root.putDataset("version", VERSION);
      WritableGroup node = root.putGroup("node");
      node.putDataset(TYPE, GRAPH);
      String[][] edges = new String[graph.edges().size()][];
      for (int i = 0; i < edges.length; i++) {
        edges[i] = new String[] {graph.edges().get(i).from(), graph.edges().get(i).to()};
      }
      node.putDataset("edges", edges);
      WritableGroup metadata = node.putGroup("metadata");
      graph.metadata().forEach(metadata::putDataset);
      WritableGroup nodes = node.putGroup("nodes");
      graph.nodes().forEach((name, inner) -> write(inner, nodes.putGroup(name)));
    }
  }

  private static void write(NirNode node, WritableGroup group) {
    group.putDataset(TYPE, node.type());
    node.fields()
        .forEach(
            (name, array) -> {
              if (Array.getLength(array.values()) < SMALL) {
                group.putDataset(name, nested(array));
              } else {
                DatasetCreationOptions compressed =
                    DatasetCreationOptions.builder().deflate().build();
                group.putDataset(name, nested(array), compressed);
              }
            });
  }

  /** An array of arrays, as deep as the shape is long; of a scalar the value. */
  private static Object nested(NirArray array) {
    if (array.shape().length == 0) {
      return Array.get(array.values(), 0);
    }
    Object nested = Array.newInstance(array.values().getClass().componentType(), array.shape());
    fill(nested, array.values(), 0);
    return nested;
  }

  /** The place behind the last value that was read. */
  private static int fill(Object nested, Object values, int from) {
    int length = Array.getLength(nested);
    if (!nested.getClass().componentType().isArray()) {
      System.arraycopy(values, from, nested, 0, length);
      return from + length;
    }
    int next = from;
    for (int i = 0; i < length; i++) {
      next = fill(Array.get(nested, i), values, next);
    }
    return next;
  }

  /**
   * Reads what {@link #write} writes.
   *
   * @param name of the file, for messages
   * @throws DataException if it is none
   */
  public static NirGraph read(byte[] file, String name) {
    try (HdfFile root = HdfFile.fromBytes(file)) {
      String type = text(root, "node/" + TYPE);
      if (!type.equals(GRAPH)) {
        throw new DataException(name + ": must hold a " + GRAPH + "; found " + type);
      }
      Map<String, NirNode> nodes = new LinkedHashMap<>();
      group(root, "node/nodes").forEach(node -> nodes.put(node.getName(), node((Group) node)));
      Map<String, String> metadata = new TreeMap<>();
      group(root, "node/metadata")
          .forEach(node -> metadata.put(node.getName(), (String) ((Dataset) node).getData()));
      List<Edge> edges = new ArrayList<>();
      for (String[] edge : (String[][]) root.getDatasetByPath("node/edges").getData()) {
        edges.add(new Edge(edge[0], edge[1]));
      }
      return new NirGraph(nodes, edges, metadata);
    } catch (HdfException e) {
      throw new DataException(name + ": must be a NIR file; found " + e.getMessage(), e);
    }
  }

  private static Group group(Group group, String path) {
    return (Group) group.getByPath(path);
  }

  private static String text(Group group, String path) {
    return (String) group.getDatasetByPath(path).getData();
  }

  private static NirNode node(Group group) {
    Map<String, NirArray> fields = new TreeMap<>();
    for (Node child : group) {
      if (!child.getName().equals(TYPE)) {
        Dataset values = (Dataset) child;
        fields.put(child.getName(), new NirArray(values.getDimensions(), values.getDataFlat()));
      }
    }
    return new NirNode(text(group, TYPE), fields);
  }
}
