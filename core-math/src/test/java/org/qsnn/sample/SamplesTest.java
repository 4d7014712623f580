package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void refusesDifferentLengths() {
    assertThatThrownBy(() -> new Samples(new long[2], new int[2], new byte[1][]))
        .hasMessageContaining("as many labels and payloads as ids (2), found 2 and 1");
  }

  @Test
  void refusesIdsThatDoNotAscend() {
    assertThatThrownBy(() -> new Samples(new long[] {4, 4}, new int[2], new byte[2][]))
        .hasMessageContaining("found 4 after 4");
  }

  @Test
  void survivesSerialization() throws Exception {
    Samples samples = new Samples(new long[] {7}, new int[] {3}, new byte[][] {{1, 2}});
    Samples copy = (Samples) copy(samples);
    assertThat(copy.id(0)).isEqualTo(7);
    assertThat(copy.label(0)).isEqualTo(3);
    assertThat(copy.payload(0)).containsExactly(1, 2);
  }

  static Object copy(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
