package org.qsnn.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Notes in a Zeppelin server, which has the interpreter of Markdown alone. */
class ZeppelinIT {
  @TempDir private static Path home;
  private static final Map<String, String> IDS = new HashMap<>();
  private static ZeppelinServer server;

  @BeforeAll
  static void startAndImport() throws Exception {
    server = ZeppelinServer.in(home);
    for (Note note : Note.all()) {
      IDS.put(note.name(), server.add(note));
    }
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  static List<Note> notes() {
    return Note.all();
  }

  @ParameterizedTest
  @MethodSource("notes")
  void noteIsImportedAsItIs(Note note) throws Exception {
    JsonNode kept = server.note(IDS.get(note.name()));

    assertThat(kept.path("name").asText()).isEqualTo(note.name());
    assertThat(kept.path("paragraphs")).hasSameSizeAs(note.paragraphs());
    for (int i = 0; i < note.paragraphs().size(); i++) {
      JsonNode ours = note.paragraphs().get(i).json();
      JsonNode theirs = kept.path("paragraphs").get(i);
      for (String key : List.of("id", "title", "text")) {
        assertThat(theirs.path(key)).as(key).isEqualTo(ours.path(key));
      }
      assertThat(theirs.path("config").path("title")).isEqualTo(ours.path("config").path("title"));
    }
  }

  @ParameterizedTest
  @MethodSource("notes")
  void itsTextsAreShown(Note note) throws Exception {
    List<Note.Paragraph> texts =
        note.paragraphs().stream().filter(p -> p.interpreter().equals("md")).toList();

    assertThat(texts).isNotEmpty();
    for (Note.Paragraph text : texts) {
      JsonNode result = server.run(IDS.get(note.name()), text.id());
      assertThat(result.path("code").asText()).as("%s", result).isEqualTo("SUCCESS");
      JsonNode message = result.path("msg").path(0);
      assertThat(message.path("type").asText()).isEqualTo("HTML");
      assertThat(message.path("data").asText())
          .contains("<div class=\"markdown-body\">")
          .doesNotContain("**", "|---", "](");
    }
  }
}
