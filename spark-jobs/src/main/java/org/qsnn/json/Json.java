package org.qsnn.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.qsnn.DataException;

/** JSON on one line, keys in the order they were put, no number that is not finite. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Others may name a key twice. */
  private static final JsonMapper FOREIGN =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Of the largest, the manifest of half a million pictures. */
  private static final int LIMIT = 128 << 20;

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** One number as such, several as an array. */
  public static void putNumbers(ObjectNode object, String key, List<Integer> numbers) {
    if (numbers.size() == 1) {
      object.put(key, numbers.get(0));
    } else {
      numbers.forEach(object.putArray(key)::add);
    }
  }

  /** An array of rows. */
  public static ArrayNode array(long[][] rows) {
    ArrayNode array = array();
    for (long[] row : rows) {
      ArrayNode cells = array.addArray();
      for (long cell : row) {
        cells.add(cell);
      }
    }
    return array;
  }

  /**
   * The object on a line of its own, so that a directory of such files reads as JSON Lines.
   *
   * @throws IllegalArgumentException if a number in it is NaN or infinite, naming its key
   */
  public static byte[] line(ObjectNode object) {
    return (text(object) + "\n").getBytes(UTF_8);
  }

  /** The same without the end of line. */
  public static String text(ObjectNode object) {
    requireFinite("", object);
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
  public static ObjectNode read(InputStream in, long length, String name) throws IOException {
    if (length > LIMIT) {
      throw new DataException(
          name + ": expected at most " + LIMIT + " bytes of JSON, found " + length);
    }
    return read(new String(in.readNBytes(LIMIT), UTF_8), name);
  }

  /**
   * The object that a text holds.
   *
   * @param name of where it is from, for messages
   * @throws DataException if it holds anything else
   */
  public static ObjectNode read(String text, String name) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        requireFinite("", object);
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new DataException(name + ": expected JSON, found a damaged file: " + complaint(e), e);
    } catch (IllegalArgumentException e) {
      throw new DataException(name + ": " + e.getMessage(), e);
    }
    throw new DataException(name + ": expected a JSON object, found something else");
  }

  /** Without the parser's words about where it reads from, which it does not know. */
  private static String complaint(JsonProcessingException e) {
    return e.getOriginalMessage().replaceAll("\\[Source: [^;]*; ([^\\]]*)\\]", "$1");
  }

  /**
   * What others wrote, such as a page of Spark's or another program's output: any JSON.
   *
   * @throws JsonProcessingException if it is none
   */
  public static JsonNode parse(String text) throws JsonProcessingException {
    return FOREIGN.readTree(text);
  }

  /**
   * @param path of the node, empty for all
   * @throws IllegalArgumentException if a number in it is NaN or infinite, naming its key
   */
  static void requireFinite(String path, JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new IllegalArgumentException(
          path + ": expected a finite number, found " + node.doubleValue());
    }
    node.fields()
        .forEachRemaining(
            field ->
                requireFinite(
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    field.getValue()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      requireFinite(path + "[" + i + "]", node.get(i));
    }
  }
}
