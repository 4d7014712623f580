package org.qsnn.onnx;

import static org.qsnn.onnx.OnnxGraph.number;
import static org.qsnn.onnx.OnnxGraph.numbers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto.DataType;
import org.qsnn.deploy.IntegerInput;
import org.qsnn.deploy.IntegerLayer;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerReadout;

/**
 * A network as an ONNX graph that answers as {@link org.qsnn.deploy.IntegerRunner} does, timesteps
 * unrolled, 1-bit weights as bits. Equal networks give equal bytes.
 *
 * <table>
 * <caption>Inputs and outputs, of any number N of samples</caption>
 * <tr><td>{@code input}</td><td>images: uint8 {@code [N, 3, S, S]}, planes of red, green and blue;
 *     frames: int16 {@code [N, T, C, S, S]}, as INTEGER.md says</td></tr>
 * <tr><td>{@code scores}</td><td>int64 {@code [N, classes]}, those of INTEGER.md</td></tr>
 * <tr><td>{@code logits}</td><td>float64 {@code [N, classes]}: score · unit, the mean over
 *     time</td></tr>
 * <tr><td>{@code class}</td><td>int64 {@code [N]}: the largest score's, the lowest of
 *     several</td></tr>
 * </table>
 */
public final class OnnxExport {
  /** The first with operators on bits. */
  private static final int OPSET = 18;

  /** The file format's version that came with the opset. */
  private static final int IR_VERSION = 8;

  private final IntegerNetwork network;
  private final OnnxGraph graph;

  private OnnxExport(IntegerNetwork network) {
    this.network = network;
    this.graph = new OnnxGraph(network.architecture());
  }

  /**
   * The bytes of a file.
   *
   * @param modelSha256 of the model's file
   * @throws org.qsnn.ConfigurationException if a layer cannot be said in ONNX, with its name
   */
  public static byte[] bytes(IntegerNetwork network, String modelSha256) {
    return new OnnxExport(network).model(modelSha256).toByteArray();
  }

  private ModelProto model(String modelSha256) {
    List<OnnxInput> input = OnnxInput.of(graph, network.input(), network.timesteps());
    List<List<String>> counts = new ArrayList<>();
    for (IntegerLayer layer : network.layers()) {
      counts.add(new OnnxLayer(graph, network, layer, input, counts).add());
    }
    addReadout(counts.get(counts.size() - 1));
    ModelProto.Builder model =
        ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("qsnn");
    model.addOpsetImportBuilder().setVersion(OPSET);
    metadata(modelSha256)
        .forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
    return model.setGraph(graph.build()).build();
  }

  private void addReadout(List<String> counts) {
    IntegerReadout readout = network.readout();
    int classes = network.classes();
    String all = graph.cast(counts.get(0), DataType.INT64);
    for (String more : counts.subList(1, counts.size())) {
      all = graph.node("Add", all, graph.cast(more, DataType.INT64));
    }
    String features = graph.node("Reshape", all, graph.list(-1, readout.features()));
    String codes = graph.bytes(DataType.INT8, readout.codes(), classes, readout.features());
    String weights =
        graph.node("Transpose", List.of(numbers("perm", 1, 0)), graph.cast(codes, DataType.INT64));
    String sums = graph.node("MatMul", features, weights);
    String scores =
        graph.node(
            "Add",
            graph.node("Mul", sums, graph.scalar(1L << IntegerReadout.FRACTION)),
            graph.longs(readout.biases(), classes));
    graph.output("scores", scores, DataType.INT64, classes);
    String logits =
        graph.node("Mul", graph.cast(scores, DataType.DOUBLE), graph.scalar(readout.unit()));
    graph.output("logits", logits, DataType.DOUBLE, classes);
    graph.output(
        "class",
        graph.node("ArgMax", List.of(number("axis", 1), number("keepdims", 0)), scores),
        DataType.INT64);
  }

  private Map<String, String> metadata(String modelSha256) {
    IntegerInput input = network.input();
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("model_sha256", modelSha256);
    metadata.put("timesteps", Integer.toString(network.timesteps()));
    metadata.put("score_unit", Double.toString(network.readout().unit()));
    metadata.put(
        "input",
        input.isSteady()
            ? "bytes of red, green and blue planes"
            : "frames in units of 2^-" + input.fraction());
    for (int k = 0; k < network.classNames().size(); k++) {
      metadata.put("class." + k, network.classNames().get(k));
    }
    return metadata;
  }
}
