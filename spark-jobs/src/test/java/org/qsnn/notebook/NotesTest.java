package org.qsnn.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Zeppelin needs of a note, and what a repository does not want in one. */
class NotesTest {
  private static final List<String> OF_A_PARAGRAPH =
      List.of("title", "text", "config", "settings", "id", "jobName", "dateCreated", "status");

  private static final int FULL_WIDTH = 12;

  static List<Note> notes() {
    return Note.all();
  }

  @Test
  void notesAreNumberedFromOneOn() {
    assertThat(notes()).hasSizeGreaterThanOrEqualTo(1).allMatch(n -> n.name().matches("\\d-.+"));
    assertThat(notes())
        .extracting(note -> note.name().charAt(0))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("notes")
  void nameAndIdAreThoseOfTheFile(Note note) {
    assertThat(note.file().getFileName())
        .hasToString(note.name() + "_" + note.json().path("id").asText() + ".zpln");
    assertThat(note.json().path("id").asText()).matches("[0-9A-Z]{9}");
    assertThat(note.json().path("defaultInterpreterGroup").asText()).isEqualTo("spark");
    for (String key : List.of("noteParams", "noteForms", "angularObjects", "config", "info")) {
      assertThat(note.json().path(key).isObject()).as(key).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("notes")
  void paragraphsHaveFixedIdsAndTitlesOfTheirOwn(Note note) {
    Set<String> seen = new HashSet<>();
    for (Note.Paragraph paragraph : note.paragraphs()) {
      for (String key : OF_A_PARAGRAPH) {
        assertThat(paragraph.json().has(key)).as("%s of %s", key, paragraph.json()).isTrue();
      }
      assertThat(paragraph.id()).matches("paragraph_\\d+");
      assertThat(seen.add(paragraph.id())).as(paragraph.id()).isTrue();
      assertThat(seen.add(paragraph.title())).as(paragraph.title()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("notes")
  void nothingOfARunIsKept(Note note) {
    for (Note.Paragraph paragraph : note.paragraphs()) {
      JsonNode json = paragraph.json();
      assertThat(json.has("results")).as(paragraph.title()).isFalse();
      assertThat(json.has("dateStarted")).as(paragraph.title()).isFalse();
      assertThat(json.path("status").asText()).isEqualTo("READY");
      assertThat(json.path("settings").path("params").isEmpty()).isTrue();
      assertThat(json.path("settings").path("forms").isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("notes")
  void onlySparkSqlAndMarkdownAreUsed(Note note) {
    for (Note.Paragraph paragraph : note.paragraphs()) {
      assertThat(paragraph.interpreter()).isIn("md", "spark", "spark.sql");
      assertThat(paragraph.code()).doesNotContain("<script", "%angular", "http://", "https://");
    }
  }

  /** Each picture, or those side by side, come with what to see in them. */
  @ParameterizedTest
  @MethodSource("notes")
  void markdownStandsBeforeEveryPicture(Note note) {
    boolean isTold = false;
    for (Note.Paragraph paragraph : note.paragraphs()) {
      boolean isPicture = paragraph.code().contains("%html");
      assertThat(!isPicture || isTold).as(paragraph.title()).isTrue();
      boolean isBeside = paragraph.json().path("config").path("colWidth").asInt() < FULL_WIDTH;
      isTold = paragraph.interpreter().equals("md") || (isTold && isBeside);
    }
  }

  /** So that a change can be read line by line. */
  @ParameterizedTest
  @MethodSource("notes")
  void filesAreIndented(Note note) throws Exception {
    List<String> lines = Files.readAllLines(note.file());
    assertThat(lines).hasSizeGreaterThan(10 * note.paragraphs().size());
    assertThat(Arrays.asList(lines.get(0), lines.get(1)))
        .containsExactly("{", "  \"paragraphs\": [");
  }
}
