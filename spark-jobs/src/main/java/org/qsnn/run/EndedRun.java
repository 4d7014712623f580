package org.qsnn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.DataException;
import org.qsnn.EnumKey;
import org.qsnn.json.Json;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;

/**
 * Why a run came to no good end: the contents of {@code ended.json}. A run that was resumed and
 * came to one has a summary too.
 */
public record EndedRun(Kind kind, String reason) {
  /** What happened. */
  public enum Kind {
    DIVERGED,
    FAILED
  }

  /**
   * Of the run in a folder; empty if it has none.
   *
   * @throws DataException if the file is damaged
   */
  public static Optional<EndedRun> read(FileStore files, String run) {
    String file = file(run);
    return files.exists(file) ? Optional.of(of(RunJson.read(files, file), file)) : Optional.empty();
  }

  private static EndedRun of(ObjectNode json, String file) {
    String state = json.path("state").asText();
    Kind kind =
        EnumKey.find(Kind.values(), state)
            .orElseThrow(
                () ->
                    new DataException(
                        String.format(
                            Locale.ROOT,
                            "%s: must say diverged or failed; found %s; delete it",
                            file,
                            json.path("state"))));
    return new EndedRun(kind, json.path("reason").asText());
  }

  /**
   * @param lease of the run's folder, or of one around it
   */
  public void write(Lease lease, String run) {
    ObjectNode json = Json.object();
    json.put("state", EnumKey.of(kind));
    json.put("reason", reason);
    lease.replace(file(run), out -> out.write(Json.line(json)));
  }

  private static String file(String run) {
    return run + "/" + RunDirectory.ENDED;
  }
}
