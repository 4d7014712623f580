package org.qsnn.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A graph that grows, node by node. Values are known by their names. Equal constants are one: their
 * names say in which order they came.
 */
final class OnnxGraph {
  /** Name of the first extent of all that a sample has: how many samples there are. */
  private static final String BATCH = "N";

  private final GraphProto.Builder graph;
  private final Map<TensorProto, String> constants = new HashMap<>();

  OnnxGraph(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  GraphProto build() {
    return graph.build();
  }

  /** An input {@code [N, extents…]}. */
  String input(String name, DataType type, long... extents) {
    graph.addInput(batched(name, type, extents));
    return name;
  }

  /** Makes a value an output {@code [N, extents…]} with a name of its own. */
  void output(String name, String value, DataType type, long... extents) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name).build());
    graph.addOutput(batched(name, type, extents));
  }

  private static ValueInfoProto batched(String name, DataType type, long... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(BATCH);
    for (long extent : extents) {
      shape.addDimBuilder().setDimValue(extent);
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** The only output of a new node. An optional input that is left out is the empty string. */
  String node(String operator, String... inputs) {
    return node(operator, List.of(), inputs);
  }

  String node(String operator, List<AttributeProto> attributes, String... inputs) {
    String output = operator + "_" + graph.getNodeCount();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .addAllInput(List.of(inputs))
            .addOutput(output)
            .addAllAttribute(attributes)
            .build());
    return output;
  }

  String cast(String value, DataType type) {
    return node("Cast", List.of(number("to", type.getNumber())), value);
  }

  static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto numbers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /** Without extents a scalar. */
  String bytes(DataType type, byte[] values, long... extents) {
    return constant(type, ByteBuffer.wrap(values), extents);
  }

  String ints(int[] values, long... extents) {
    ByteBuffer data = littleEndian(Integer.BYTES * values.length);
    data.asIntBuffer().put(values);
    return constant(DataType.INT32, data, extents);
  }

  String longs(long[] values, long... extents) {
    ByteBuffer data = littleEndian(Long.BYTES * values.length);
    data.asLongBuffer().put(values);
    return constant(DataType.INT64, data, extents);
  }

  String floats(float[] values, long... extents) {
    ByteBuffer data = littleEndian(Float.BYTES * values.length);
    data.asFloatBuffer().put(values);
    return constant(DataType.FLOAT, data, extents);
  }

  String scalar(double value) {
    return constant(DataType.DOUBLE, littleEndian(Double.BYTES).putDouble(0, value));
  }

  String scalar(float value) {
    return floats(new float[] {value});
  }

  String scalar(long value) {
    return longs(new long[] {value});
  }

  String scalar(int value) {
    return ints(new int[] {value});
  }

  /** An unsigned byte. */
  String scalar(byte value) {
    return bytes(DataType.UINT8, new byte[] {value});
  }

  /** A list of int64, as operators take shapes and axes. */
  String list(long... values) {
    return longs(values, values.length);
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(DataType type, ByteBuffer data, long... extents) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(data));
    for (long extent : extents) {
      tensor.addDims(extent);
    }
    return constants.computeIfAbsent(
        tensor.build(),
        any -> {
          String name = "constant_" + graph.getInitializerCount();
          graph.addInitializer(tensor.setName(name));
          return name;
        });
  }
}
