package org.qsnn.dataset;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FilePaths;
import org.qsnn.storage.FileStore;

/**
 * Pictures in a .zip. They are wanted in another order than they lie there, so that the archive is
 * copied to the local folder for temporary files while it is read.
 */
final class ZippedPictures implements RawSource {
  private final FileStore files;
  private final FileEntry archive;
  private final PicturePlace place;

  /** What was found, once it is read. */
  private ImageFolders found;

  ZippedPictures(FileStore files, FileEntry archive, PicturePlace place) {
    this.files = files;
    this.archive = archive;
    this.place = place;
  }

  @Override
  public PayloadFormat read(Consumer<RawPart> parts) {
    try (TemporaryFolder folder = TemporaryFolder.of(files, archive)) {
      String copy = folder.path() + "/" + archive.name();
      files.read(archive.path(), in -> files.commit(copy, in::transferTo));
      try (ZipTree zip = ZipTree.open(FilePaths.onLocalDisk(copy), archive.path())) {
        found = place.layout().find(zip, zip.top());
        return new ImageFolderSource(zip, found, place).read(parts);
      }
    }
  }

  @Override
  public List<String> classNames() {
    return found.classNames();
  }

  @Override
  public String splitName() {
    return found.splitName();
  }

  @Override
  public String passedOver() {
    return found == null ? "" : SkippedFiles.note(found.passedOver());
  }

  @Override
  public String state() {
    return String.format(
        Locale.ROOT,
        "%s\ntolerates %d\n%s %d %d",
        place.sampling(),
        place.badFiles(),
        archive.path(),
        archive.bytes(),
        archive.modified());
  }
}
