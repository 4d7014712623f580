package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.parquet.format.FileMetaData;
import org.junit.jupiter.api.Test;

class ThriftInputTest {
  @Test
  void textOfNegativeLengthIsRefused() {
    byte[] unknownFieldOfMinusOneByte = {(byte) 0xF8, -1, -1, -1, -1, 15};

    assertThatThrownBy(() -> ThriftInput.read(unknownFieldOfMinusOneByte, new FileMetaData()::read))
        .isInstanceOf(IOException.class);
  }
}
