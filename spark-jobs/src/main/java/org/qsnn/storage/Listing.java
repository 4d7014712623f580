package org.qsnn.storage;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** What lies in a folder, by name. */
final class Listing {
  private Listing() {}

  /**
   * Hadoop leaves out links of the local disk that lead nowhere or in a circle. Here they are empty
   * files, which cannot be read: whoever needs them says so.
   */
  static List<FileEntry> of(FileSystem system, Path folder) throws IOException {
    List<FileEntry> entries = new ArrayList<>();
    for (FileStatus status : system.listStatus(folder)) {
      entries.add(entry(status));
    }
    if (system instanceof RawLocalFileSystem local) {
      addDeadLinks(local, folder, entries);
    }
    entries.sort(Comparator.comparing(FileEntry::name));
    return entries;
  }

  private static void addDeadLinks(RawLocalFileSystem local, Path folder, List<FileEntry> entries)
      throws IOException {
    java.nio.file.Path there = local.pathToFile(folder).toPath();
    if (!Files.isDirectory(there)) {
      return;
    }
    try (DirectoryStream<java.nio.file.Path> links =
        Files.newDirectoryStream(there, Listing::isDeadLink)) {
      for (java.nio.file.Path link : links) {
        String name = link.getFileName().toString();
        Path path = local.makeQualified(new Path(folder, new Path(null, null, name)));
        entries.add(new FileEntry(name, path.toString(), 0, 0, false));
      }
    }
  }

  /** Whether it is a link that leads nowhere or in a circle. */
  static boolean isDeadLink(java.nio.file.Path file) {
    return Files.isSymbolicLink(file) && !Files.exists(file);
  }

  static FileEntry entry(FileStatus status) {
    return new FileEntry(
        status.getPath().getName(),
        status.getPath().toString(),
        status.isFile() ? status.getLen() : 0,
        status.getModificationTime(),
        status.isDirectory());
  }
}
