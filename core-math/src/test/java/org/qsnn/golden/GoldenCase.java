package org.qsnn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * One folder of golden numbers: {@code case.json} and a {@code .npy} file for each tensor. The
 * cases are test resources, {@code golden.zip} of the published code's way and {@code
 * golden-as-written.zip} of the paper's text; the property {@code golden.dir} names other folders
 * of them, with the path separator between.
 */
public record GoldenCase(Path folder, JsonNode json) {
  private static final String NAMED = System.getProperty("golden.dir", "");
  private static final List<Path> ROOTS = roots();

  /** One JUnit test for each case of a kind. */
  public static Stream<DynamicTest> tests(String kind, ThrowingConsumer<GoldenCase> body) {
    List<GoldenCase> cases = all(kind);
    requireSome(!cases.isEmpty(), "golden cases of kind " + kind);
    return cases.stream().map(c -> dynamicTest(c.name(), () -> body.accept(c)));
  }

  /** A file beside the cases. */
  public static Path file(String name) {
    List<Path> files = ROOTS.stream().map(root -> root.resolve(name)).toList();
    requireSome(files.stream().anyMatch(Files::exists), name);
    return files.stream().filter(Files::exists).findFirst().orElseThrow();
  }

  /** Folders that somebody names need not have every kind of case. */
  private static void requireSome(boolean holds, String what) {
    assertThat(holds || !NAMED.isEmpty()).as("%s under %s", what, ROOTS).isTrue();
    Assumptions.assumeTrue(holds, () -> "no " + what + " under " + ROOTS);
  }

  private static List<Path> roots() {
    return NAMED.isEmpty()
        ? List.of(ZippedResource.root("golden.zip"), ZippedResource.root("golden-as-written.zip"))
        : Arrays.stream(NAMED.split(File.pathSeparator)).map(Path::of).toList();
  }

  private static List<GoldenCase> all(String kind) {
    return ROOTS.stream().flatMap(root -> all(root, kind).stream()).toList();
  }

  private static List<GoldenCase> all(Path root, String kind) {
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("case.json")))
          .sorted()
          .map(GoldenCase::read)
          .filter(c -> c.json().get("kind").asText().equals(kind))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GoldenCase read(Path folder) {
    try {
      return new GoldenCase(
          folder, new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("case.json"))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it is of the paper's text, where that differs from the published code. */
  public boolean isAsWritten() {
    return json.get("params").path("recipe").asText().equals("as-written");
  }

  private String name() {
    return folder.getFileName() + (isAsWritten() ? " as written" : "");
  }

  public JsonNode parameter(String name) {
    return json.get("params").get(name);
  }

  public boolean has(String tensor) {
    return json.get("tensors").has(tensor);
  }

  /** Names of all tensors that start with a prefix, without it. */
  public List<String> tensors(String prefix) {
    return json.get("tensors").properties().stream()
        .map(java.util.Map.Entry::getKey)
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  public int[] shape(String tensor) {
    JsonNode shape = json.get("tensors").get(tensor).get("shape");
    int[] extents = new int[shape.size()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = shape.get(i).asInt();
    }
    return extents;
  }

  public float[] floats(String tensor) {
    ByteBuffer data = data(tensor, "float32");
    float[] values = new float[data.remaining() / 4];
    data.asFloatBuffer().get(values);
    return values;
  }

  public int[] ints(String tensor) {
    ByteBuffer data = data(tensor, "int32");
    int[] values = new int[data.remaining() / 4];
    data.asIntBuffer().get(values);
    return values;
  }

  public long[] longs(String tensor) {
    ByteBuffer data = data(tensor, "int64");
    long[] values = new long[data.remaining() / 8];
    data.asLongBuffer().get(values);
    return values;
  }

  public short[] shorts(String tensor) {
    ByteBuffer data = data(tensor, "int16");
    short[] values = new short[data.remaining() / 2];
    data.asShortBuffer().get(values);
    return values;
  }

  public byte[] bytes(String tensor) {
    ByteBuffer data = data(tensor, "uint8");
    byte[] values = new byte[data.remaining()];
    data.get(values);
    return values;
  }

  private ByteBuffer data(String tensor, String dtype) {
    JsonNode entry = json.get("tensors").get(tensor);
    assertThat(entry).as("tensor %s of %s", tensor, folder).isNotNull();
    assertThat(entry.get("dtype").asText()).as("dtype of %s", tensor).isEqualTo(dtype);
    try {
      return npy(Files.readAllBytes(folder.resolve(entry.get("file").asText())));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The data of a C-order .npy file of version 1. */
  private static ByteBuffer npy(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = buffer.getShort(8) & 0xFFFF;
    String header = new String(file, 10, headerLength, StandardCharsets.ISO_8859_1);
    assertThat(header).contains("'fortran_order': False");
    return buffer.position(10 + headerLength).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Relative L2 distance, as golden/README.md compares. */
  public static double distance(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      double d = (double) found[i] - expected[i];
      difference += d * d;
      norm += (double) expected[i] * expected[i];
    }
    return Math.sqrt(difference) / Math.max(1e-12, Math.sqrt(norm));
  }
}
