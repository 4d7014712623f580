package org.qsnn.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Zeppelin note as it lies in the repository. */
public record Note(Path file, JsonNode json) {
  /** The notes of this build, beside the module. */
  private static final Path FOLDER = Path.of("..", "notebooks");

  private static final Pattern CODE = Pattern.compile("%([\\w.]+)\\s(.*)", Pattern.DOTALL);

  /**
   * A paragraph.
   *
   * @param interpreter its first word, without the percent sign
   * @param code what follows
   */
  public record Paragraph(JsonNode json, String interpreter, String code) {
    String id() {
      return json.path("id").asText();
    }

    /** For messages. */
    public String title() {
      return json.path("title").asText();
    }
  }

  /** All of them, in the order of their names. */
  public static List<Note> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Note> notes = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".zpln")).sorted().toList()) {
        notes.add(new Note(file, new ObjectMapper().readTree(file.toFile())));
      }
      return notes;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The one whose name begins so. */
  public static Note named(String start) {
    return all().stream().filter(note -> note.name().startsWith(start)).findFirst().orElseThrow();
  }

  public String name() {
    return json.path("name").asText();
  }

  @Override
  public String toString() {
    return name();
  }

  public List<Paragraph> paragraphs() {
    List<Paragraph> paragraphs = new ArrayList<>();
    for (JsonNode paragraph : json.path("paragraphs")) {
      Matcher code = CODE.matcher(paragraph.path("text").asText());
      if (!code.matches()) {
        throw new AssertionError(file + ": must begin with an interpreter: " + paragraph);
      }
      paragraphs.add(new Paragraph(paragraph, code.group(1), code.group(2)));
    }
    return paragraphs;
  }
}
