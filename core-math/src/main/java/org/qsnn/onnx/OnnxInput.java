package org.qsnn.onnx;

import static org.qsnn.onnx.OnnxGraph.number;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.TensorProto.DataType;
import org.qsnn.deploy.IntegerInput;

/**
 * The network's int16 numbers as two unsigned bytes, for ONNX convolves nothing wider: {@code x =
 * 256 · (high − 128) + low}.
 *
 * @param high {@code [N, C, S, S]}
 * @param low the same
 */
record OnnxInput(String high, String low) {
  static final String NAME = "input";

  /** {@link #high} of numbers from 0 to 255. */
  static final int HIGH_ZERO = 128;

  static final int BYTES = 256;

  /** One of an image, of frames one a timestep. */
  static List<OnnxInput> of(OnnxGraph graph, IntegerInput input, int timesteps) {
    return input.isSteady() ? List.of(ofImages(graph, input)) : ofFrames(graph, input, timesteps);
  }

  /** Bytes {@code [N, C, S, S]}, through the table of the normalization. */
  private static OnnxInput ofImages(OnnxGraph graph, IntegerInput input) {
    int channels = input.channels();
    int size = input.size();
    byte[] high = new byte[input.table().length];
    byte[] low = new byte[high.length];
    for (int i = 0; i < high.length; i++) {
      high[i] = (byte) ((input.table()[i] >> Byte.SIZE) + HIGH_ZERO);
      low[i] = (byte) input.table()[i];
    }
    int[] rows = new int[channels];
    for (int c = 0; c < channels; c++) {
      rows[c] = c * BYTES;
    }
    String pixels = graph.input(NAME, DataType.UINT8, channels, size, size);
    String places =
        graph.node("Add", graph.cast(pixels, DataType.INT32), graph.ints(rows, channels, 1, 1));
    return new OnnxInput(
        graph.node("Gather", graph.bytes(DataType.UINT8, high, high.length), places),
        graph.node("Gather", graph.bytes(DataType.UINT8, low, low.length), places));
  }

  /** int16 {@code [N, T, C, S, S]}. */
  private static List<OnnxInput> ofFrames(OnnxGraph graph, IntegerInput input, int timesteps) {
    int size = input.size();
    String frames = graph.input(NAME, DataType.INT16, timesteps, input.channels(), size, size);
    String positive =
        graph.node("Add", graph.cast(frames, DataType.INT32), graph.scalar(HIGH_ZERO * BYTES));
    String high = graph.node("Div", positive, graph.scalar(BYTES));
    String low = graph.node("Sub", positive, graph.node("Mul", high, graph.scalar(BYTES)));
    String highs = graph.cast(high, DataType.UINT8);
    String lows = graph.cast(low, DataType.UINT8);
    List<OnnxInput> all = new ArrayList<>();
    for (int t = 0; t < timesteps; t++) {
      all.add(new OnnxInput(frame(graph, highs, t), frame(graph, lows, t)));
    }
    return all;
  }

  private static String frame(OnnxGraph graph, String frames, int timestep) {
    return graph.node("Gather", List.of(number("axis", 1)), frames, graph.scalar(timestep));
  }
}
