package org.qsnn.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The only place where Hadoop's files are deleted: one file at a time, or a whole folder if it is a
 * temporary, which {@link Temporaries} vouches for. It is fine if there is nothing.
 */
final class Deletion {
  private Deletion() {}

  static void ofFile(FileSystem system, FileStatus file) throws IOException {
    if (file.isDirectory()) {
      throw new IOException("expected a file, found a folder, which stays");
    }
    delete(system, file.getPath(), false);
  }

  static void ofTemporary(FileSystem system, Path temporary) throws IOException {
    delete(system, temporary, true);
  }

  private static void delete(FileSystem system, Path path, boolean isRecursive) throws IOException {
    if (!system.delete(path, isRecursive) && system.exists(path)) {
      throw new IOException("the file system refused to delete it");
    }
  }
}
