package org.qsnn.notebook;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Console;
import scala.Tuple2;
import scala.collection.Seq;

/**
 * What a note sees as {@code z}: Zeppelin's methods of these names and types, without a browser.
 */
public final class Forms {
  private final Map<String, String> chosen;

  /**
   * @param chosen what a person has entered, by the name of the form; others have their defaults
   */
  public Forms(Map<String, String> chosen) {
    this.chosen = Map.copyOf(chosen);
  }

  private Object value(String name, Object otherwise) {
    return chosen.containsKey(name) ? chosen.get(name) : otherwise;
  }

  public Object textbox(String name, String defaultValue) {
    return value(name, defaultValue);
  }

  public Object noteTextbox(String name, String defaultValue) {
    return value(name, defaultValue);
  }

  /** Options are pairs of value and label. */
  public Object select(String name, Seq<Tuple2<Object, String>> options, Object defaultValue) {
    Object value = value(name, defaultValue);
    for (int i = 0; i < options.size(); i++) {
      if (options.apply(i)._1().equals(value)) {
        return value;
      }
    }
    throw new AssertionError(name + ": must be one of " + options + "; found " + value);
  }

  /** Prints a table. */
  public void show(Object data) {
    Console.print(table((Dataset<?>) data));
  }

  /** As Zeppelin writes it: a line of names, then one of each row, tabs between cells. */
  static String table(Dataset<?> data) {
    StringBuilder text = new StringBuilder("%table ");
    text.append(String.join("\t", data.columns()));
    for (Row row : data.toDF().collectAsList()) {
      text.append('\n');
      for (int i = 0; i < row.length(); i++) {
        text.append(i == 0 ? "" : "\t").append(row.get(i));
      }
    }
    return text.append('\n').toString();
  }

  /** Text of SQL with its forms, {@code ${name=default}}, replaced. */
  String replacedIn(String text) {
    return Pattern.compile("\\$\\{(\\w+)=([^,}]*)[^}]*\\}")
        .matcher(text)
        .replaceAll(
            form -> Matcher.quoteReplacement(value(form.group(1), form.group(2)).toString()));
  }
}
