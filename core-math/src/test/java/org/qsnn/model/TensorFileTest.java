package org.qsnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.DataException;
import org.qsnn.tensor.RandomStream;

class TensorFileTest {
  private static final String NAME = "small.safetensors";

  @Test
  void roundTripsEveryType() throws IOException {
    TensorFile file = read(bytes(small()));

    assertThat(file.kind()).isEqualTo("checkpoint");
    assertThat(file.metadata()).isEqualTo(Map.of("epoch", "3", "name", "größe \"x\"\n"));
    assertThat(file.tensor("weight", Dtype.F32, 2, 3).floats())
        .containsExactly(1.5f, -0f, Float.MIN_VALUE, 4, 5, 6);
    assertThat(file.vector("sums", Dtype.F64).doubles()).containsExactly(Math.PI, -0.0);
    assertThat(file.tensor("codes", Dtype.I8, 3).bytes()).containsExactly(-128, 0, 127);
    assertThat(file.tensor("bits", Dtype.U8, 1).bytes()).containsExactly(0xA5);
    assertThat(file.tensor("int", Dtype.I32).bytes()).containsExactly(1, 2, 3, 4);
    assertThat(file.tensor("long", Dtype.I64, 1).bytes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(file.tensor("empty", Dtype.F32, 0, 7).floats()).isEmpty();
  }

  @Test
  void roundTripsTensorsLongerThanOneChunk() throws IOException {
    float[] values = new float[2 * Tensor.CHUNK + 3];
    RandomStream random = RandomStream.of(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    TensorFile file =
        TensorFile.of(
            "k", Map.of(), List.of(Tensor.window("w", new int[] {values.length - 1}, values, 1)));

    float[] found = read(bytes(file)).tensor("w", Dtype.F32, values.length - 1).floats();

    assertThat(found).containsExactly(Arrays.copyOfRange(values, 1, values.length));
  }

  @Test
  void alignsEveryTensorToItsElements() throws IOException {
    byte[] bytes = bytes(small());
    long headerLength = Tensor.littleEndian(bytes).getLong();
    assertThat(headerLength % 8).isZero();
    TensorFileHeader header =
        TensorFileHeaderParser.parse(Arrays.copyOf(bytes, 8 + (int) headerLength), NAME);
    assertThat(header.entries())
        .allMatch(entry -> entry.begin() % entry.dtype().bytes() == 0)
        .hasSize(8);
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    Map<String, String> oneOrder = new HashMap<>();
    Map<String, String> otherOrder = new HashMap<>(1024);
    for (int i = 0; i < 20; i++) {
      oneOrder.put("key" + i, "v");
      otherOrder.put("key" + (19 - i), "v");
    }
    assertThat(bytes(TensorFile.of("k", oneOrder, List.of())))
        .isEqualTo(bytes(TensorFile.of("k", otherOrder, List.of())));
  }

  @Test
  void noFlippedByteLoads() throws IOException {
    byte[] intact = bytes(small());
    RandomStream random = RandomStream.of(2);
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = intact.clone();
      int offset = i < intact.length ? i : random.nextInt(intact.length);
      damaged[offset] ^= (byte) (1 + random.nextInt(255));
      assertThatThrownBy(() -> read(damaged), "byte %d", offset)
          .isInstanceOf(DataException.class)
          .hasMessageContaining(NAME);
    }
  }

  @Test
  void noTruncatedFileLoadsWhateverLengthIsClaimed() throws IOException {
    byte[] intact = bytes(small());
    for (int length = 0; length < intact.length; length++) {
      byte[] truncated = Arrays.copyOf(intact, length);
      assertThatThrownBy(() -> read(truncated), "%d bytes", length)
          .isInstanceOf(DataException.class);
      assertThatThrownBy(() -> read(truncated, intact.length), "%d bytes", length)
          .isInstanceOf(DataException.class);
    }
  }

  @Test
  void refusesTrailingBytes() throws IOException {
    byte[] bytes = bytes(small());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    String expected = NAME + ": expected " + bytes.length + " bytes, found ";
    assertThatThrownBy(() -> read(longer))
        .isInstanceOf(DataException.class)
        .hasMessage(expected + longer.length);
    assertThatThrownBy(() -> read(longer, bytes.length))
        .isInstanceOf(DataException.class)
        .hasMessage(expected + "more");
  }

  @Test
  void namesTensorOffsetAndChecksumsOfDamage() throws IOException {
    byte[] bytes =
        bytes(TensorFile.of("k", Map.of(), List.of(Tensor.floats("w", new int[] {1}, 2))));
    bytes[bytes.length - 1] ^= 1;
    assertThatThrownBy(() -> read(bytes))
        .hasMessageMatching(
            "small.safetensors: damaged tensor w at byte "
                + (bytes.length - 4)
                + ": expected CRC-32C [0-9a-f]{8}, found [0-9a-f]{8}");
  }

  @Test
  void boundsTheHeaderBeforeItAllocates() {
    byte[] file = new byte[64];
    Tensor.littleEndian(file).putLong(Long.MAX_VALUE);
    assertThatThrownBy(() -> read(file))
        .hasMessage(
            NAME + ": header length at byte 0: expected 0 to 48, found 9223372036854775807");
    Tensor.littleEndian(file).putLong(-1);
    assertThatThrownBy(() -> read(file)).hasMessageContaining("found 18446744073709551615");
    Tensor.littleEndian(file).putLong(1L << 30);
    assertThatThrownBy(() -> read(file, 1L << 40))
        .hasMessageContaining("expected 0 to 16777216, found 1073741824");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'__metadata__':{'format':'qsnn/3','kind':'k'},HEAD}|format version 3, this program reads"
            + " the versions 1 to 2",
        "{'__metadata__':{'kind':'k'},HEAD}|metadata format: expected qsnn/2 or one before, found null",
        "{'__metadata__':{'format':'pt'},HEAD}|metadata format: expected qsnn/2 or one before, found pt",
        "{'__metadata__':{'format':'qsnn/1'},HEAD}|metadata kind: missing",
        "{META}|expected the first tensor to be header.crc32c U8 [8]",
        "{META,HEAD,'w':{'dtype':'F16','shape':[4],'data_offsets':[8,16]}}|expected a dtype of"
            + " [F32, F64, I8, U8, I32, I64], found F16",
        "{META,HEAD,'w':{'dtype':'F32','shape':[2],'data_offsets':[12,20]}}|tensor w: expected"
            + " data_offsets [8, 16] for F32 [2], found [12, 20]",
        "{META,HEAD,'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}|found [0, 8]",
        "{META,HEAD,'w':{'dtype':'F32','shape':[3],'data_offsets':[8,16]}}|expected data_offsets"
            + " [8, 20] for F32 [3], found [8, 16]",
        "{META,HEAD,'w':{'dtype':'F32','shape':[-2],'data_offsets':[8,16]}}|expected extents of 0"
            + " to 2147483647, found [-2]",
        "{META,HEAD,'w':{'dtype':'F32','shape':[4294967297],'data_offsets':[8,16]}}|expected"
            + " extents of 0 to 2147483647",
        "{META,HEAD,'w':{'dtype':'F64','shape':[2147483647,2147483647],'data_offsets':[8,16]}}|is"
            + " larger than any file",
        "{META,HEAD,'w':{'dtype':'F32','shape':[2147483647],'data_offsets':[8,8589934596]}}|expected"
            + " at most 2147483647 bytes",
        "{META,HEAD,'w':{'dtype':'F32','shape':[1.5],'data_offsets':[8,16]}}|expected"
            + " VALUE_NUMBER_INT, found VALUE_NUMBER_FLOAT",
        "{META,HEAD,'w':{'dtype':'F32','shape':[2]}}|tensor w: expected dtype, shape and two"
            + " data_offsets",
        "{META,HEAD,'w':{'dtype':'F32','form':[2]}}|expected dtype, shape or data_offsets, found"
            + " form",
        "{META,HEAD,'w':3}|expected START_OBJECT, found VALUE_NUMBER_INT",
        "{META,HEAD,HEAD}|Duplicate field",
        "{META,HEAD} x|invalid JSON",
        "{META,HEAD} {}|expected the end, found START_OBJECT",
        "{META,HEAD|invalid JSON",
        "{META,HEAD,'w':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[8,16]}}|out"
            + " of range of long",
        "{'__metadata__':{'format':'qsnn/1','kind':'k','crc32c.v':'00000000'},HEAD,W}|expected"
            + " CRC-32C null",
        "{'__metadata__':{'format':'qsnn/1','kind':'k','crc32c.v':'00000000','crc32c.w':'8c28b28a'},HEAD,W}|checksums"
            + " without a tensor: [crc32c.v]",
      })
  void refusesForgedHeadersWithAValidChecksum(String header, String message) {
    String json =
        header
            .replace("META", "'__metadata__':{'format':'qsnn/1','kind':'k'}")
            .replace("HEAD", "'header.crc32c':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}")
            .replace("W", "'w':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}")
            .replace('\'', '"');
    assertThatThrownBy(() -> read(forged(json)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(NAME)
        .hasMessageContaining(message);
  }

  @Test
  void namesShapeTypeAndAbsenceOfATensor() throws IOException {
    TensorFile file = read(bytes(small()));
    assertThatThrownBy(() -> file.tensor("weight", Dtype.F32, 2, 4))
        .hasMessage("weight: expected shape [2, 4], checkpoint has [2, 3] (small.safetensors)");
    assertThatThrownBy(() -> file.tensor("weight", Dtype.I8, 2, 3))
        .hasMessage("weight: expected I8, checkpoint has F32 (small.safetensors)");
    assertThatThrownBy(() -> file.tensor("bias", Dtype.F32, 2))
        .hasMessage("bias: expected F32 [2], missing from the checkpoint (small.safetensors)");
    assertThatThrownBy(() -> file.requireOnlyTensors(List.of("weight", "sums")))
        .hasMessageContaining("not expected, found in the checkpoint (small.safetensors)");
    assertThatThrownBy(() -> file.requireKind("packed-model"))
        .hasMessage("small.safetensors: expected a packed-model file, found kind checkpoint");
    assertThatThrownBy(() -> file.integer("name", 0, 9))
        .hasMessageStartingWith("metadata name: expected an integer, checkpoint has größe");
    assertThatThrownBy(() -> file.integer("epoch", 4, 9))
        .hasMessage("metadata epoch: expected 4 to 9, checkpoint has 3 (small.safetensors)");
    assertThatThrownBy(() -> file.metadata("seed"))
        .hasMessage("metadata seed: missing from the checkpoint (small.safetensors)");
  }

  @Test
  void refusesReservedAndDoubleNames() {
    Tensor tensor = Tensor.doubles("a", 1);
    assertThatThrownBy(() -> TensorFile.of("k", Map.of("format", "x"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TensorFile.of("k", Map.of(), List.of(tensor, tensor)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> TensorFile.of("k", Map.of(), List.of(Tensor.doubles("header.crc32c", 1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tensor.floats("w", new int[] {2, 2}, 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TensorFile small() {
    return TensorFile.of(
        "checkpoint",
        Map.of("epoch", "3", "name", "größe \"x\"\n"),
        List.of(
            Tensor.bytes("bits", Dtype.U8, new int[] {1}, new byte[] {(byte) 0xA5}),
            Tensor.floats("weight", new int[] {2, 3}, 1.5f, -0f, Float.MIN_VALUE, 4, 5, 6),
            Tensor.bytes("codes", Dtype.I8, new int[] {3}, new byte[] {-128, 0, 127}),
            Tensor.floats("empty", new int[] {0, 7}),
            Tensor.doubles("sums", Math.PI, -0.0),
            Tensor.bytes("int", Dtype.I32, new int[] {}, new byte[] {1, 2, 3, 4}),
            Tensor.bytes("long", Dtype.I64, new int[] {1}, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})));
  }

  /** A header with its right checksum, then eight zero bytes of data. */
  private static byte[] forged(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    byte[] file = new byte[8 + text.length + 16];
    Tensor.littleEndian(file).putLong(text.length).put(text);
    CRC32C crc = new CRC32C();
    crc.update(file, 0, 8 + text.length);
    byte[] digits =
        String.format(Locale.ROOT, "%08x", crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, file, 8 + text.length, 8);
    return file;
  }

  private static byte[] bytes(TensorFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.write(out);
    return out.toByteArray();
  }

  private static TensorFile read(byte[] bytes) throws IOException {
    return read(bytes, bytes.length);
  }

  private static TensorFile read(byte[] bytes, long length) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    return TensorFile.read(in, length, NAME);
  }
}
