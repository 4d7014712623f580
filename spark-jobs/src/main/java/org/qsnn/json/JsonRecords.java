package org.qsnn.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Records as JSON objects: a key a component, in snake case and in the order of their declaration.
 */
public final class JsonRecords {
  private static final JsonMapper EXACT =
      components()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          // Which an empty text would be, and become null.
          .withCoercionConfigDefaults(
              coercion -> coercion.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private static final JsonMapper LENIENT =
      components()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private JsonRecords() {}

  /** Nothing but components: what a record answers besides is no key. */
  private static JsonMapper.Builder components() {
    return JsonMapper.builder()
        .visibility(PropertyAccessor.ALL, Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * On one line.
   *
   * @throws IllegalArgumentException if a number in it is NaN or infinite, naming its key
   */
  public static byte[] line(Record value) {
    try {
      return EXACT.writeValueAsBytes(finite(value));
    } catch (JsonProcessingException e) {
      throw unwritable(e);
    }
  }

  /**
   * For people, a line each.
   *
   * @throws IllegalArgumentException if a number in it is NaN or infinite, naming its key
   */
  public static byte[] indented(Record value) {
    try {
      return EXACT.writerWithDefaultPrettyPrinter().writeValueAsBytes(finite(value));
    } catch (JsonProcessingException e) {
      throw unwritable(e);
    }
  }

  /** Jackson writes NaN as a text, and takes it back. */
  private static <T extends Record> T finite(T value) {
    Json.requireFinite("", EXACT.valueToTree(value));
    return value;
  }

  private static IllegalStateException unwritable(JsonProcessingException e) {
    return new IllegalStateException("a record that cannot be written", e);
  }

  /**
   * What holds each component once, none of it null, finite numbers only, and nothing else.
   *
   * @throws JsonProcessingException if the bytes are anything else
   */
  public static <T extends Record> T read(byte[] bytes, Class<T> type)
      throws JsonProcessingException {
    T value = EXACT.readValue(new String(bytes, UTF_8), type);
    try {
      return finite(value);
    } catch (IllegalArgumentException e) {
      throw new JsonMappingException(null, e.getMessage(), e);
    }
  }

  /**
   * What this version, an older or a newer one has written: a component that is missing is null,
   * which numbers must not be, and what is no component is left out.
   *
   * @throws JsonProcessingException if the bytes are anything else
   */
  public static <T extends Record> T readLenient(byte[] bytes, Class<T> type)
      throws JsonProcessingException {
    return LENIENT.readValue(new String(bytes, UTF_8), type);
  }
}
