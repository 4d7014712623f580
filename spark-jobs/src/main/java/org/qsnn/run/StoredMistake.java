package org.qsnn.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import org.qsnn.DataException;
import org.qsnn.json.Json;
import org.qsnn.metric.Mistake;
import org.qsnn.metric.Mistakes;
import org.qsnn.sample.Picture;
import org.qsnn.storage.FileStore;

/**
 * A test sample that was taken for something else: a line of {@code mistakes.json}.
 *
 * @param labelName of the class that it is
 * @param predictionName of the class that it was taken for
 */
public record StoredMistake(Mistake mistake, String labelName, String predictionName) {
  /** Far more than a run writes. */
  private static final int LIMIT = 16 << 20;

  /** The lines of a file. */
  static byte[] lines(Mistakes mistakes, List<String> classNames) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Mistake mistake : mistakes.list()) {
      lines.writeBytes(
          Json.line(
              new StoredMistake(
                      mistake,
                      classNames.get(mistake.label()),
                      classNames.get(mistake.prediction()))
                  .json()));
    }
    return lines.toByteArray();
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("id", mistake.id());
    json.put("label", mistake.label());
    json.put("prediction", mistake.prediction());
    json.put("label_name", labelName);
    json.put("prediction_name", predictionName);
    json.put("channels", Picture.CHANNELS);
    json.put("height", mistake.picture().size());
    json.put("width", mistake.picture().size());
    json.put("pixels", mistake.picture().planes());
    return json;
  }

  /**
   * Those of the run in a folder; none if it has no such file.
   *
   * @throws DataException if the file is damaged
   */
  public static List<StoredMistake> read(FileStore files, String run) {
    String file = run + "/" + RunDirectory.MISTAKES;
    return files.exists(file) ? of(files.readBytes(file, LIMIT), file) : List.of();
  }

  /**
   * Those that a file holds.
   *
   * @param file its name, for messages
   * @throws DataException if it is damaged
   */
  public static List<StoredMistake> of(byte[] lines, String file) {
    return new String(lines, UTF_8).lines().map(line -> of(Json.read(line, file), file)).toList();
  }

  private static StoredMistake of(ObjectNode json, String file) {
    try {
      byte[] pixels = Base64.getDecoder().decode(json.required("pixels").asText());
      return new StoredMistake(
          new Mistake(
              json.required("id").longValue(),
              json.required("label").intValue(),
              json.required("prediction").intValue(),
              new Picture(json.required("height").intValue(), pixels)),
          json.required("label_name").asText(),
          json.required("prediction_name").asText());
    } catch (IllegalArgumentException e) {
      throw new DataException(file + ": a line is damaged: " + e.getMessage(), e);
    }
  }
}
