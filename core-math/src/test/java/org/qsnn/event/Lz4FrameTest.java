package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.Parameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.tensor.RandomStream;

class Lz4FrameTest {
  private static final int LIMIT = 1 << 20;

  /** Runs, repetitions and noise. */
  private static byte[] content(int length) {
    RandomStream random = RandomStream.of(3);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int kind = i / 1000 % 3;
      bytes[i] = (byte) (kind == 0 ? 7 : kind == 1 && i > 70 ? bytes[i - 70] : random.nextInt(256));
    }
    return bytes;
  }

  private static byte[] frame(byte[] content, boolean checksums, boolean linked)
      throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    Parameters parameters = new Parameters(BlockSize.K64, checksums, checksums, linked);
    try (var out = new FramedLZ4CompressorOutputStream(frame, parameters)) {
      out.write(content);
    }
    return frame.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"0, true, true", "1, true, false", "200000, true, true", "200000, false, false"})
  void unpacksWhatOthersPack(int length, boolean checksums, boolean linked) throws IOException {
    byte[] content = content(length);

    assertThat(Lz4Frame.unpacked(frame(content, checksums, linked), LIMIT)).isEqualTo(content);
    assertThat(Lz4Frame.unpacked(frame(content, checksums, linked), length)).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({"1000", "200000"})
  void anyDamageIsFound(int length) throws IOException {
    byte[] frame = frame(content(length), true, true);
    RandomStream random = RandomStream.of(9);

    assertThatIOException().isThrownBy(() -> Lz4Frame.unpacked(frame, length - 1));
    for (int trial = 0; trial < 500; trial++) {
      byte[] damaged = frame.clone();
      damaged[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatIOException().isThrownBy(() -> Lz4Frame.unpacked(damaged, LIMIT));
      byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length));
      assertThatIOException().isThrownBy(() -> Lz4Frame.unpacked(cut, LIMIT));
    }
  }
}
