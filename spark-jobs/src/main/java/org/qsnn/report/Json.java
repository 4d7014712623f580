package org.qsnn.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.qsnn.DataException;

/** JSON on one line, keys in the order they were put, no number that is not finite. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int LIMIT = 16 << 20;

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /**
   * The object on a line of its own, so that a directory of such files reads as JSON Lines.
   *
   * @throws IllegalArgumentException if a number in it is NaN or infinite, naming its key
   */
  static byte[] line(ObjectNode object) {
    return (text(object) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The same without the end of line. */
  static String text(ObjectNode object) {
    checkFinite("", object);
    try {
      return MAPPER.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes that cannot be written", e);
    }
  }

  /**
   * The object that a stream holds.
   *
   * @param length of the file; a large one is not read
   * @param name of the file, for messages
   * @throws DataException if it holds anything else
   */
  static ObjectNode read(InputStream in, long length, String name) throws IOException {
    if (length > LIMIT) {
      throw new DataException(
          name + ": expected at most " + LIMIT + " bytes of JSON, found " + length);
    }
    try {
      if (MAPPER.readTree(in) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new DataException(
          name + ": expected JSON, found a damaged file: " + e.getOriginalMessage(), e);
    }
    throw new DataException(name + ": expected a JSON object, found something else");
  }

  private static void checkFinite(String path, JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException(
          path + ": expected a finite number, found " + node.doubleValue());
    }
    node.fields()
        .forEachRemaining(
            field ->
                checkFinite(
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    field.getValue()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      checkFinite(path + "[" + i + "]", node.get(i));
    }
  }
}
