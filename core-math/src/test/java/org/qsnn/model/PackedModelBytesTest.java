package org.qsnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of a version of the format never change; see FORMAT.md. */
class PackedModelBytesTest {
  private static final String FIRST = "/format/v1/packed-model.safetensors";
  private static final String NEWEST = "/format/v2/packed-model.safetensors";
  private static final String MIXED = "/format/v2/packed-model-bits-by-layer.safetensors";

  @Test
  void writesTheGoldenBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model().write(out);
    assertThat(out.toByteArray()).isEqualTo(golden(NEWEST));
  }

  @Test
  void readsTheGoldenBytes() throws IOException {
    assertThat(read(NEWEST)).usingRecursiveComparison().isEqualTo(model());
  }

  @Test
  void bitsByLayerHaveGoldenBytesOfTheirOwn() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    mixed().write(out);
    assertThat(out.toByteArray()).isEqualTo(golden(MIXED));
    assertThat(read(MIXED)).usingRecursiveComparison().isEqualTo(mixed());
  }

  @Test
  void readsVersion1WhichSaysNothingOfInputAndClasses() throws IOException {
    PackedModel found = read(FIRST);
    assertThat(found).usingRecursiveComparison().ignoringFields("description").isEqualTo(model());
    assertThat(found.description()).isEqualTo(ModelDescription.of(TinyModels.PROVENANCE));
  }

  private static PackedModel model() {
    return TinyModels.vggsnn(WeightScheme.REGULATED, 8, 3);
  }

  private static PackedModel mixed() {
    MembraneBits bits = new MembraneBits(List.of(8, 2, 4, 32, 2, 8, 4, 2));
    return TinyModels.model(model().spec().withMembraneBits(bits));
  }

  private static PackedModel read(String resource) throws IOException {
    byte[] bytes = golden(resource);
    return PackedModel.read(new ByteArrayInputStream(bytes), bytes.length, resource);
  }

  private static byte[] golden(String resource) throws IOException {
    try (InputStream in = PackedModelBytesTest.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return in.readAllBytes();
    }
  }
}
