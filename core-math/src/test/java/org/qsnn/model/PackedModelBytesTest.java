package org.qsnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The bytes of version 1 of the format never change; see FORMAT.md. */
class PackedModelBytesTest {
  private static final String RESOURCE = "/format/v1/packed-model.safetensors";

  @Test
  void writesTheGoldenBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model().write(out);
    assertThat(out.toByteArray()).isEqualTo(golden());
  }

  @Test
  void readsTheGoldenBytes() throws IOException {
    byte[] bytes = golden();
    PackedModel found = PackedModel.read(new ByteArrayInputStream(bytes), bytes.length, RESOURCE);
    assertThat(found).usingRecursiveComparison().isEqualTo(model());
  }

  private static PackedModel model() {
    return TinyModels.vggsnn(WeightScheme.REGULATED, 8, 3);
  }

  private static byte[] golden() throws IOException {
    try (InputStream in = PackedModelBytesTest.class.getResourceAsStream(RESOURCE)) {
      assertThat(in).as(RESOURCE).isNotNull();
      return in.readAllBytes();
    }
  }
}
