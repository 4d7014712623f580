package org.qsnn.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/** Finds the CIFAR files that a path refers to. */
final class CifarLocator {
  private CifarLocator() {}

  /**
   * A file is an archive. In a folder, the first of these: official .bin files, the official
   * sub-folder, the official archive.
   */
  static RawSource find(FileStore files, CifarDataset dataset, String path) {
    CifarFormat format = dataset.format();
    FileEntry entry = files.entry(path);
    if (!entry.isFolder()) {
      return new ArchiveSource(files, dataset, entry);
    }
    OfficialArchive archive = dataset.officialArchive();
    List<FileEntry> children = files.list(entry.path());
    if (children.stream().noneMatch(child -> official(format).contains(child.name()))) {
      for (FileEntry child : children) {
        if (child.isFolder() && child.name().equals(archive.folder())) {
          return new FolderSource(files, format, child.path(), files.list(child.path()));
        }
      }
      for (FileEntry child : children) {
        if (!child.isFolder() && child.name().equals(archive.fileName())) {
          return new ArchiveSource(files, dataset, child);
        }
      }
    }
    return new FolderSource(files, format, entry.path(), children);
  }

  /** The official names of a format's files. */
  static Set<String> official(CifarFormat format) {
    return new HashSet<>(
        Stream.concat(format.trainFiles().stream(), format.testFiles().stream()).toList());
  }
}
