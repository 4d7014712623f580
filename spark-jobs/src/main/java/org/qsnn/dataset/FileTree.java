package org.qsnn.dataset;

import java.util.List;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/** Files in folders, on a file system or in an archive. */
interface FileTree {
  /** The files and folders in a folder by name, hidden ones as well; none if there is no such. */
  List<FileEntry> list(String folder);

  /**
   * A whole file.
   *
   * @throws org.qsnn.DataException if it has more than {@code limit} bytes, is missing or damaged
   */
  byte[] read(String path, int limit);

  /** What lies in a folder under a name. */
  default boolean has(String folder, String name) {
    return list(folder).stream().anyMatch(entry -> entry.name().equals(name));
  }

  /** Whether a name is that of a hidden file or folder, as desktops and editors leave them. */
  static boolean isHidden(String name) {
    return name.startsWith(".");
  }

  /** Those of a file system. */
  static FileTree of(FileStore files) {
    return new FileTree() {
      @Override
      public List<FileEntry> list(String folder) {
        return files.exists(folder) ? files.listAll(folder) : List.of();
      }

      @Override
      public byte[] read(String path, int limit) {
        return files.readBytes(path, limit);
      }
    };
  }
}
