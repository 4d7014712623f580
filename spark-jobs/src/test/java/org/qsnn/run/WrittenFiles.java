package org.qsnn.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run directory in memory. */
final class WrittenFiles implements RunFiles {
  final Map<String, byte[]> files = new LinkedHashMap<>();

  @Override
  public void write(String name, byte[] bytes) {
    files.put(name, bytes);
  }

  String text(String name) {
    return new String(files.get(name), UTF_8);
  }

  JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(files.get(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
