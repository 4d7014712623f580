package org.qsnn.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Hidden names for what is being written; Spark's readers leave them out as well. */
final class Temporaries {
  private static final Pattern NAME = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.tmp");

  private Temporaries() {}

  static Path beside(Path path) {
    return new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ".tmp");
  }

  /** Deletes those of a folder that were written at {@code latest} or before. */
  static List<String> delete(FileSystem system, Path folder, long latest) throws IOException {
    List<String> deleted = new ArrayList<>();
    for (FileStatus status : statuses(system, folder)) {
      boolean isTemporary = NAME.matcher(status.getPath().getName()).matches();
      if (isTemporary && status.getModificationTime() <= latest) {
        system.delete(status.getPath(), true);
        deleted.add(status.getPath().toString());
      }
    }
    return deleted;
  }

  private static FileStatus[] statuses(FileSystem system, Path folder) throws IOException {
    try {
      return system.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
