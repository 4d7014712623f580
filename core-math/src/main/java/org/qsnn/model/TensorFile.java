package org.qsnn.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qsnn.DataException;
import org.qsnn.EnumKey;

/**
 * The content of one file: a kind, metadata strings and named tensors. The bytes are a safetensors
 * file with checksums; FORMAT.md specifies them. Equal content gives equal bytes.
 */
public final class TensorFile {
  /** Version of the format that is written; those before it are read. */
  public static final int VERSION = 2;

  /** Prefix of metadata that says how the content came to be; no reader depends on it. */
  public static final String PROVENANCE = "provenance.";

  private final String name;
  private final int version;
  private final String kind;
  private final Map<String, String> metadata;
  private final Map<String, Tensor> tensors;

  TensorFile(
      String name, int version, String kind, Map<String, String> metadata, List<Tensor> tensors) {
    this.name = name;
    this.version = version;
    this.kind = kind;
    this.metadata = new TreeMap<>(metadata);
    this.tensors = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      if (this.tensors.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException("two tensors are named " + tensor.name());
      }
    }
    TensorFileHeader.checkNames(this.metadata.keySet(), this.tensors.keySet());
  }

  /**
   * Content to be written. Tensors are laid out by the size of their elements, largest first, so
   * that each is aligned; those of one size keep their order.
   *
   * @param kind what the file is, for example {@code packed-model}
   * @param metadata free strings; {@code format}, {@code kind} and {@code crc32c.…} are reserved
   */
  public static TensorFile of(String kind, Map<String, String> metadata, List<Tensor> tensors) {
    List<Tensor> ordered = new ArrayList<>(tensors);
    ordered.sort(Comparator.comparing(tensor -> -tensor.dtype().bytes()));
    return new TensorFile("new " + kind, VERSION, kind, metadata, ordered);
  }

  /**
   * Reads a whole file and checks every byte of it. The stream is left open.
   *
   * @param length what the file system says is the file's length
   * @param name the file's name, for messages
   * @throws DataException if the bytes are not an intact file of this version
   * @throws IOException if the stream fails
   */
  public static TensorFile read(InputStream in, long length, String name) throws IOException {
    return new TensorFileReader(in, length, name).read();
  }

  /** Writes the file. The stream is left open. */
  public void write(OutputStream out) throws IOException {
    byte[] header = TensorFileHeader.of(this).toBytes();
    out.write(header);
    out.write(TensorFileHeader.checksum(header));
    for (Tensor tensor : tensors.values()) {
      tensor.writeTo(out);
    }
  }

  /** The file's name, for messages. */
  public String name() {
    return name;
  }

  /** Version of the format in which it was written. */
  public int version() {
    return version;
  }

  public String kind() {
    return kind;
  }

  /** The free metadata, sorted by key. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** All tensors in the order of the file. */
  public List<Tensor> tensors() {
    return List.copyOf(tensors.values());
  }

  /**
   * @throws DataException if this is another kind of file
   */
  public TensorFile requireKind(String expected) {
    if (!kind.equals(expected)) {
      throw new DataException(name + ": expected a " + expected + " file, found kind " + kind);
    }
    return this;
  }

  /**
   * @throws DataException if the key is missing
   */
  public String metadata(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new DataException("metadata " + key + ": missing from the " + kindAndName());
    }
    return value;
  }

  /**
   * @throws DataException if the key is missing or its value is not an integer in this range
   */
  public long integer(String key, long smallest, long largest) {
    long value;
    try {
      value = Long.parseLong(metadata(key));
    } catch (NumberFormatException e) {
      throw invalid(key, "an integer", e);
    }
    if (value < smallest || value > largest) {
      throw invalid(key, smallest + " to " + largest, null);
    }
    return value;
  }

  /**
   * The constant that metadata names.
   *
   * @throws DataException if the key is missing or no constant has this name
   */
  <E extends Enum<E>> E constant(String key, E[] constants) {
    Optional<E> found = EnumKey.find(constants, metadata(key));
    if (found.isEmpty()) {
      throw invalid(key, String.join(" or ", EnumKey.all(constants)), null);
    }
    return found.get();
  }

  /** The metadata under {@link #PROVENANCE}, which is removed from the keys. */
  public Map<String, String> provenance() {
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      if (entry.getKey().startsWith(PROVENANCE)) {
        found.put(entry.getKey().substring(PROVENANCE.length()), entry.getValue());
      }
    }
    return found;
  }

  /**
   * The tensor of that name.
   *
   * @throws DataException if it is missing, or has another type or shape
   */
  public Tensor tensor(String tensorName, Dtype dtype, int... shape) {
    Tensor tensor = tensors.get(tensorName);
    if (tensor == null) {
      throw new DataException(
          tensorName
              + ": expected "
              + dtype
              + " "
              + text(shape)
              + ", missing from the "
              + kindAndName());
    }
    if (tensor.dtype() != dtype) {
      throw mismatch(tensorName, dtype.toString(), tensor.dtype().toString());
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw mismatch(tensorName, "shape " + text(shape), text(tensor.shape()));
    }
    return tensor;
  }

  /**
   * The one-dimensional tensor of that name, of any length.
   *
   * @throws DataException if it is missing, or has another type or number of dimensions
   */
  public Tensor vector(String tensorName, Dtype dtype) {
    Tensor tensor = tensors.get(tensorName);
    boolean isVector = tensor != null && tensor.shape().length == 1;
    return tensor(tensorName, dtype, isVector ? tensor.shape() : new int[] {-1});
  }

  /**
   * @throws DataException if there is any other tensor
   */
  public void requireOnlyTensors(Collection<String> expected) {
    for (Tensor tensor : tensors.values()) {
      if (!expected.contains(tensor.name())) {
        throw new DataException(tensor + ": not expected, found in the " + kindAndName());
      }
    }
  }

  /** That the value of a metadata key is not what it should be. */
  public DataException invalid(String key, String expected, Exception cause) {
    return new DataException(
        "metadata "
            + key
            + ": expected "
            + expected
            + ", "
            + kindText()
            + " has "
            + metadata.get(key)
            + " ("
            + name
            + ")",
        cause);
  }

  private DataException mismatch(String tensorName, String expected, String found) {
    return new DataException(
        tensorName
            + ": expected "
            + expected
            + ", "
            + kindText()
            + " has "
            + found
            + " ("
            + name
            + ")");
  }

  private String kindText() {
    return kind.replace('-', ' ');
  }

  private String kindAndName() {
    return kindText() + " (" + name + ")";
  }

  private static String text(int[] shape) {
    return Arrays.toString(shape);
  }
}
