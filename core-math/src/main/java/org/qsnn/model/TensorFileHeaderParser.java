package org.qsnn.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.DataException;
import org.qsnn.model.TensorFileHeader.Entry;

/** Reads the JSON of a header; takes nothing but what a header may hold. */
final class TensorFileHeaderParser {
  private final JsonParser json;
  private final String file;

  private TensorFileHeaderParser(JsonParser json, String file) {
    this.json = json;
    this.file = file;
  }

  /**
   * @param bytes length prefix, JSON and padding
   * @throws DataException if the JSON is not a header
   */
  static TensorFileHeader parse(byte[] bytes, String file) throws IOException {
    JsonFactory factory =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    int prefix = TensorFileHeader.PREFIX_BYTES;
    try (JsonParser json = factory.createParser(bytes, prefix, bytes.length - prefix)) {
      return new TensorFileHeaderParser(json, file).header();
    } catch (JsonProcessingException e) {
      long offset = prefix + Math.max(0, e.getLocation().getByteOffset());
      throw new DataException(
          file + ": header, byte " + offset + ": invalid JSON: " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new DataException(file + ": header: expected UTF-8: " + e.getMessage(), e);
    }
  }

  private TensorFileHeader header() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    next(JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      next(JsonToken.START_OBJECT);
      if (name.equals(TensorFileHeader.METADATA)) {
        readMetadata(metadata);
      } else {
        entries.add(entry(name));
      }
    }
    next(null);
    return new TensorFileHeader(metadata, entries);
  }

  private void readMetadata(Map<String, String> metadata) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      next(JsonToken.VALUE_STRING);
      metadata.put(key, json.getText());
    }
  }

  private Entry entry(String name) throws IOException {
    Dtype dtype = null;
    long[] shape = null;
    long[] offsets = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      switch (json.currentName()) {
        case "dtype" -> dtype = dtype(name);
        case "shape" -> shape = integers();
        case "data_offsets" -> offsets = integers();
        default -> throw wrong("dtype, shape or data_offsets", json.currentName());
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw new DataException(
          file + ": tensor " + name + ": expected dtype, shape and two data_offsets");
    }
    return new Entry(name, dtype, extents(name, shape), offsets[0], offsets[1]);
  }

  private Dtype dtype(String name) throws IOException {
    next(JsonToken.VALUE_STRING);
    String found = json.getText();
    return Arrays.stream(Dtype.values())
        .filter(dtype -> dtype.name().equals(found))
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    file
                        + ": tensor "
                        + name
                        + ": expected a dtype of "
                        + Arrays.toString(Dtype.values())
                        + ", found "
                        + found));
  }

  private int[] extents(String name, long[] shape) {
    for (long extent : shape) {
      if (extent < 0 || extent > Integer.MAX_VALUE) {
        throw new DataException(
            file
                + ": tensor "
                + name
                + ": expected extents of 0 to "
                + Integer.MAX_VALUE
                + ", found "
                + Arrays.toString(shape));
      }
    }
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }

  private long[] integers() throws IOException {
    next(JsonToken.START_ARRAY);
    List<Long> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(JsonToken.VALUE_NUMBER_INT);
      values.add(json.getLongValue());
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private void next(JsonToken expected) throws IOException {
    json.nextToken();
    require(expected);
  }

  private void require(JsonToken expected) {
    if (json.currentToken() != expected) {
      throw wrong(
          expected == null ? "the end" : expected.toString(), String.valueOf(json.currentToken()));
    }
  }

  private DataException wrong(String expected, String found) {
    long offset = TensorFileHeader.PREFIX_BYTES + json.currentTokenLocation().getByteOffset();
    return new DataException(
        file + ": header, byte " + offset + ": expected " + expected + ", found " + found);
  }
}
