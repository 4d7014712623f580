package org.qsnn.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloatExportTest {
  private static byte[] bytes(PackedModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FloatExport.write(model, out);
    return out.toByteArray();
  }

  /** As another program would read it: by the header's offsets alone. */
  private static float[] tensor(byte[] file, String name) {
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(file, 8, length, UTF_8);
    Matcher entry =
        Pattern.compile(
                "\""
                    + Pattern.quote(name)
                    + "\":\\{\"dtype\":\"F32\",\"shape\":\\[[\\d,]*\\],\"data_offsets\":\\[(\\d+),(\\d+)\\]\\}")
            .matcher(header);
    assertThat(entry.find()).as("%s in %s", name, header).isTrue();
    int begin = Integer.parseInt(entry.group(1));
    float[] values = new float[(Integer.parseInt(entry.group(2)) - begin) / 4];
    ByteBuffer.wrap(file, 8 + length + begin, 4 * values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  @ParameterizedTest
  @EnumSource(WeightScheme.class)
  void everyNumberOfTheModelIsThereAsItCounts(WeightScheme scheme) throws IOException {
    PackedModel model = TinyModels.vggsnn(scheme, scheme == WeightScheme.FLOAT ? 32 : 4, 3);
    byte[] file = bytes(model);

    for (QuantizedTensor weight : model.weights()) {
      assertThat(tensor(file, weight.name())).isEqualTo(weight.dequantize());
    }
    for (int i = 0; i < model.spec().convolutions().size(); i++) {
      String name = model.spec().convolutions().get(i).name();
      assertThat(tensor(file, name + ".bn.scale")).isEqualTo(model.batchNorms().get(i).scale());
      assertThat(tensor(file, name + ".bn.offset")).isEqualTo(model.batchNorms().get(i).offset());
    }
    assertThat(tensor(file, "fc.bias")).isEqualTo(model.biases().get(0));
    if (scheme != WeightScheme.FLOAT) {
      for (int i = 0; i < model.spec().layers().size(); i++) {
        assertThat(tensor(file, model.spec().layers().get(i).name() + ".membrane_scale"))
            .isEqualTo(model.membraneScales().get(i));
      }
    }
    assertThat(bytes(model)).isEqualTo(file);
    assertThat(new String(file, 8, 400, UTF_8))
        .contains("\"format\":\"pt\"", "\"network.architecture\":\"vggsnn\"");
  }
}
