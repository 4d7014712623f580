package org.qsnn.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.DataException;
import org.qsnn.model.JsonTokens.Token;
import org.qsnn.model.TensorFileHeader.Entry;

/** Reads the JSON of a header; takes nothing but what a header may hold. */
final class TensorFileHeaderParser {
  private final JsonTokens json;
  private final String file;

  private TensorFileHeaderParser(JsonTokens json, String file) {
    this.json = json;
    this.file = file;
  }

  /**
   * @param bytes length prefix, JSON and padding
   * @throws DataException if the JSON is not a header
   */
  static TensorFileHeader parse(byte[] bytes, String file) {
    JsonTokens json = new JsonTokens(bytes, TensorFileHeader.PREFIX_BYTES, file);
    return new TensorFileHeaderParser(json, file).header();
  }

  private TensorFileHeader header() {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    next(Token.START_OBJECT);
    while (json.next() != Token.END_OBJECT) {
      String name = json.name();
      next(Token.START_OBJECT);
      if (name.equals(TensorFileHeader.METADATA)) {
        readMetadata(metadata);
      } else {
        entries.add(entry(name));
      }
    }
    next(null);
    return new TensorFileHeader(metadata, entries);
  }

  private void readMetadata(Map<String, String> metadata) {
    while (json.next() != Token.END_OBJECT) {
      String key = json.name();
      next(Token.VALUE_STRING);
      metadata.put(key, json.text());
    }
  }

  private Entry entry(String name) {
    Dtype dtype = null;
    long[] shape = null;
    long[] offsets = null;
    while (json.next() != Token.END_OBJECT) {
      switch (json.name()) {
        case "dtype" -> dtype = dtype(name);
        case "shape" -> shape = integers();
        case "data_offsets" -> offsets = integers();
        default -> throw wrong("dtype, shape or data_offsets", json.name());
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw new DataException(
          file + ": tensor " + name + ": expected dtype, shape and two data_offsets");
    }
    return new Entry(name, dtype, extents(name, shape), offsets[0], offsets[1]);
  }

  private Dtype dtype(String name) {
    next(Token.VALUE_STRING);
    String found = json.text();
    for (Dtype dtype : Dtype.values()) {
      if (dtype.name().equals(found)) {
        return dtype;
      }
    }
    throw new DataException(
        file
            + ": tensor "
            + name
            + ": expected a dtype of "
            + Arrays.toString(Dtype.values())
            + ", found "
            + found);
  }

  private int[] extents(String name, long[] shape) {
    int[] extents = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] < 0 || shape[i] > Integer.MAX_VALUE) {
        throw new DataException(
            file
                + ": tensor "
                + name
                + ": expected extents of 0 to "
                + Integer.MAX_VALUE
                + ", found "
                + Arrays.toString(shape));
      }
      extents[i] = (int) shape[i];
    }
    return extents;
  }

  private long[] integers() {
    next(Token.START_ARRAY);
    long[] values = new long[4];
    int count = 0;
    while (json.next() != Token.END_ARRAY) {
      require(Token.VALUE_NUMBER_INT);
      values = count < values.length ? values : Arrays.copyOf(values, 2 * count);
      values[count++] = json.number();
    }
    return Arrays.copyOf(values, count);
  }

  private void next(Token expected) {
    json.next();
    require(expected);
  }

  private void require(Token expected) {
    if (json.current() != expected) {
      throw wrong(
          expected == null ? "the end" : expected.toString(), String.valueOf(json.current()));
    }
  }

  private DataException wrong(String expected, String found) {
    return new DataException(
        file + ": header, byte " + json.start() + ": expected " + expected + ", found " + found);
  }
}
