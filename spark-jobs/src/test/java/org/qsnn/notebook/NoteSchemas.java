package org.qsnn.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The schemas with which notes read files. */
public final class NoteSchemas {
  private static final Pattern READ =
      Pattern.compile(
          "spark\\.read\\.schema\\(\"\"\"(.*?)\"\"\"\\)(.*?\\.json\\([^)]*\\))", Pattern.DOTALL);

  private NoteSchemas() {}

  /**
   * Checks that a file has each field that a note reads, of its type. Everything must be read with
   * a schema: a column that is null in all rows has no type of its own.
   *
   * @param examples files by a part of what the note says that it reads
   */
  public static void requireAllIn(Note note, Map<String, Path> examples) {
    for (Note.Paragraph paragraph : note.paragraphs()) {
      Matcher read = READ.matcher(paragraph.code());
      int found = 0;
      while (read.find()) {
        found++;
        StructType schema = StructType.fromDDL(read.group(1));
        String what = note.name() + ": " + read.group(2);
        Path file = example(examples, read.group(2), what);
        requireFields(schema, first(file), what);
      }
      assertThat(paragraph.code().split("spark\\.read", -1)).hasSize(found + 1);
    }
  }

  private static Path example(Map<String, Path> examples, String read, String what) {
    return examples.entrySet().stream()
        .filter(example -> read.contains(example.getKey() + '"'))
        .findFirst()
        .orElseThrow(() -> new AssertionError(what + ": must be one of " + examples.keySet()))
        .getValue();
  }

  private static JsonNode first(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllLines(file).get(0));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void requireFields(StructType schema, JsonNode json, String what) {
    for (StructField field : schema.fields()) {
      assertThat(json.has(field.name())).as("%s, field %s", what, field.name()).isTrue();
      requireType(field.dataType(), json.get(field.name()), what + ", field " + field.name());
    }
  }

  private static void requireType(DataType type, JsonNode json, String what) {
    if (type instanceof StructType struct) {
      requireFields(struct, json, what);
    } else if (type instanceof ArrayType array) {
      assertThat(json.isArray() || json.isNull()).as(what).isTrue();
      json.forEach(element -> requireType(array.elementType(), element, what));
    } else if (type instanceof NumericType) {
      assertThat(json.isNumber() || json.isNull()).as("%s: %s", what, json).isTrue();
    } else {
      // An object that is read as text is its JSON.
      assertThat(type).as(what).isInstanceOf(StringType.class);
      assertThat(json.isTextual() || json.isObject()).as("%s: %s", what, json).isTrue();
    }
  }
}
