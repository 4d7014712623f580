package org.qsnn.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.Map;
import org.qsnn.deploy.IntegerInput;
import org.qsnn.deploy.IntegerNetwork;

/** Another program that reads what was written. */
final class OnnxRuntime implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final IntegerNetwork network;
  private final OrtSession session;

  /** What it answered, sample by sample. */
  record Answer(long[][] scores, double[][] logits, long[] classes) {}

  OnnxRuntime(IntegerNetwork network, byte[] file, OptLevel optimizations) throws OrtException {
    this.network = network;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(optimizations);
      options.setIntraOpNumThreads(1);
      this.session = environment.createSession(file, options);
    }
  }

  /** Of images the bytes, of frames the numbers. */
  Answer answer(List<short[]> samples) throws OrtException {
    try (OnnxTensor tensor = tensor(samples);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      return new Answer(
          (long[][]) value(result, "scores"),
          (double[][]) value(result, "logits"),
          (long[]) value(result, "class"));
    }
  }

  private static Object value(OrtSession.Result result, String name) throws OrtException {
    OnnxValue value = result.get(name).orElseThrow();
    return value.getValue();
  }

  private OnnxTensor tensor(List<short[]> samples) throws OrtException {
    IntegerInput input = network.input();
    int length = samples.get(0).length;
    long size = input.size();
    if (input.isSteady()) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(samples.size() * length);
      for (short[] sample : samples) {
        for (short value : sample) {
          bytes.put((byte) value);
        }
      }
      long[] shape = {samples.size(), input.channels(), size, size};
      return OnnxTensor.createTensor(environment, bytes.rewind(), shape, OnnxJavaType.UINT8);
    }
    ShortBuffer numbers = ShortBuffer.allocate(samples.size() * length);
    samples.forEach(numbers::put);
    long[] shape = {samples.size(), network.timesteps(), input.channels(), size, size};
    return OnnxTensor.createTensor(environment, numbers.rewind(), shape);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
