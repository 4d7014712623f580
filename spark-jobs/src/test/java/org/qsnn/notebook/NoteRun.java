package org.qsnn.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.SparkSession;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** A note that was run from its first paragraph to its last. */
public final class NoteRun {
  private static final String HTML = "%html ";
  private static final String TABLE = "%table ";

  private final Map<String, String> outputs = new LinkedHashMap<>();

  private NoteRun() {}

  /**
   * Runs each paragraph; none may fail.
   *
   * @param forms what is entered, by the name of the form
   */
  public static NoteRun of(Note note, SparkSession spark, Map<String, String> forms) {
    NoteRun run = new NoteRun();
    Forms z = new Forms(forms);
    try (ScalaShell shell = new ScalaShell(spark, z)) {
      for (Note.Paragraph paragraph : note.paragraphs()) {
        String what = note.name() + ", " + paragraph.title();
        switch (paragraph.interpreter()) {
          case "spark" -> run.outputs.put(paragraph.title(), scala(shell, paragraph, what));
          case "spark.sql" ->
              run.outputs.put(
                  paragraph.title(), Forms.table(spark.sql(z.replacedIn(paragraph.code()))));
          default -> assertThat(paragraph.interpreter()).as(what).isEqualTo("md");
        }
      }
    }
    NotePage.write(note, run.outputs);
    return run;
  }

  private static String scala(ScalaShell shell, Note.Paragraph paragraph, String what) {
    ScalaShell.Answer answer = shell.run(paragraph.code());
    assertThat(answer.isSuccess()).as("%s: %s%s", what, answer.printed(), answer.echo()).isTrue();
    if (!answer.printed().isEmpty()) {
      assertThat(answer.printed()).as(what).startsWith("%");
      assertThat(answer.echo()).as("%s: what the shell adds would be shown", what).isEmpty();
    }
    return answer.printed();
  }

  /** What a paragraph printed. */
  public String output(String title) {
    assertThat(outputs).containsKey(title);
    return outputs.get(title);
  }

  /** The rows of a table by the names of its columns. */
  public List<Map<String, String>> table(String title) {
    String text = output(title);
    assertThat(text).as(title).startsWith(TABLE);
    String[] lines = text.substring(TABLE.length()).split("\n");
    String[] columns = lines[0].split("\t");
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] cells = lines[i].split("\t", -1);
      assertThat(cells).as(title).hasSameSizeAs(columns);
      Map<String, String> row = new LinkedHashMap<>();
      for (int j = 0; j < cells.length; j++) {
        row.put(columns[j], cells[j]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** A picture, which must be well-formed XML. */
  public Document picture(String title) {
    String text = output(title);
    assertThat(text).as(title).startsWith(HTML);
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(text.substring(HTML.length()))));
    } catch (Exception e) {
      throw new AssertionError(title + ": " + text, e);
    }
  }

  /** How many elements of a name a picture has. */
  public int svg(String title, String element) {
    return picture(title).getElementsByTagName(element).getLength();
  }

  /** Every output, for tests of all of them. */
  public Map<String, String> outputs() {
    return Map.copyOf(outputs);
  }
}
