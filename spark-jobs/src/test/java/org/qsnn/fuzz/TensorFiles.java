package org.qsnn.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.qsnn.QsnnException;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.classify.Classifier;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.export.CExport;
import org.qsnn.inspect.ModelExamples;
import org.qsnn.model.Architectures;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.nir.NirExport;
import org.qsnn.onnx.OnnxExport;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.train.InitialState;

/** Readers of packed models and checkpoints: as they are, and with checksums made to fit again. */
final class TensorFiles {
  private static final NetworkLayout LAYOUT =
      NetworkLayout.of(Architectures.VGGSNN.spec(1, 2, 2, 16, 2, WeightScheme.REGULATED, 8));
  private static final int PREFIX = Long.BYTES;
  private static final int CHECKSUM = 8;

  private TensorFiles() {}

  static Stream<FuzzedReader> readers() {
    List<byte[]> models =
        Stream.of(WeightScheme.values()).map(ModelExamples::model).map(TensorFiles::bytes).toList();
    byte[] model = models.get(0);
    byte[] checkpoint = checkpoint();
    return Stream.of(
        FuzzedReader.checksummed("packed model", models, TensorFiles::readModel),
        FuzzedReader.checksummed("checkpoint", List.of(checkpoint), TensorFiles::readCheckpoint),
        FuzzedReader.of(
            "packed model, header summed again",
            List.of(json(model)),
            json -> readModel(withHeader(json, model))),
        FuzzedReader.of(
            "packed model, exported",
            List.of(json(model)),
            json -> export(withHeader(json, model))),
        FuzzedReader.of(
            "packed model of any numbers, exported",
            List.of(new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, 0x3F}),
            TensorFiles::exportModelOf),
        FuzzedReader.of(
            "checkpoint, header summed again",
            List.of(json(checkpoint)),
            json -> readCheckpoint(withHeader(json, checkpoint))));
  }

  private static void readModel(byte[] file) throws IOException {
    PackedModel.read(new ByteArrayInputStream(file), file.length, "fuzz");
  }

  private static void exportModelOf(byte[] numbers) throws IOException {
    Supplier<Float> floats = floats(numbers);
    export(bytes(ModelExamples.model(WeightScheme.REGULATED, floats, floats)));
  }

  /** In every form; what one refuses, another may take. */
  private static void export(byte[] file) throws IOException {
    PackedModel model = PackedModel.read(new ByteArrayInputStream(file), file.length, "fuzz");
    List<Consumer<PackedModel>> forms =
        List.of(
            some -> new CExport(IntegerNetwork.of(some), "fuzz", "").files(),
            some -> OnnxExport.bytes(IntegerNetwork.of(some), ""),
            some -> NirExport.graph(some, ""),
            Classifier::of);
    QsnnException refusal = null;
    for (Consumer<PackedModel> form : forms) {
      try {
        form.accept(model);
      } catch (QsnnException e) {
        refusal = e;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  /** One after the other, and again from the start. */
  private static Supplier<Float> floats(byte[] bytes) {
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return () -> {
      if (numbers.remaining() < Float.BYTES) {
        numbers.rewind();
      }
      return numbers.remaining() < Float.BYTES ? 0 : numbers.getFloat();
    };
  }

  private static void readCheckpoint(byte[] file) throws IOException {
    Checkpoint.read(
        new ByteArrayInputStream(file),
        file.length,
        "fuzz",
        LAYOUT.parameters(),
        LAYOUT.statistics(),
        Sgd.standard().stateNames());
  }

  private static byte[] bytes(PackedModel model) {
    try {
      return ModelExamples.bytes(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] checkpoint() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Checkpoint.write(InitialState.of(LAYOUT, 1), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] json(byte[] file) {
    return Arrays.copyOfRange(file, PREFIX, PREFIX + length(file));
  }

  private static int length(byte[] file) {
    return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Another header before the data of a file, with its length and its checksum. */
  private static byte[] withHeader(byte[] json, byte[] file) {
    byte[] header =
        ByteBuffer.allocate(PREFIX + json.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array();
    CRC32C crc = new CRC32C();
    crc.update(header);
    int data = PREFIX + length(file) + CHECKSUM;
    return ByteBuffer.allocate(header.length + CHECKSUM + file.length - data)
        .put(header)
        .put(String.format(Locale.ROOT, "%08x", crc.getValue()).getBytes(ISO_8859_1))
        .put(file, data, file.length - data)
        .array();
  }
}
