package org.qsnn.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.qsnn.json.Json;
import org.qsnn.storage.FileStore;

/** The JSON files of a run, as they were written. */
public final class RunJson {
  private RunJson() {}

  /**
   * The object in a file.
   *
   * @throws org.qsnn.DataException if it is missing or damaged
   */
  public static ObjectNode read(FileStore files, String path) {
    long length = files.entry(path).bytes();
    return files.read(path, in -> Json.read(in, length, path));
  }
}
