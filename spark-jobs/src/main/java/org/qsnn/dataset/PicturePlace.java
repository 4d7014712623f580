package org.qsnn.dataset;

import java.util.Optional;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * Where pictures lie.
 *
 * @param path a folder, or a .zip of one
 * @param officialName of the folder, and of the .zip without its ending, which may lie at the path;
 *     empty if there is none
 * @param sampling how pictures become samples
 * @param badFiles pictures that are left out if they are damaged; one more is a failure
 */
record PicturePlace(
    Dataset dataset, String path, String officialName, Layout layout, String sampling, int badFiles)
    implements DatasetSource {

  /** Which files are pictures of which class. */
  @FunctionalInterface
  interface Layout {
    /**
     * @throws org.qsnn.DataException if what lies there is no such set
     */
    ImageFolders find(FileTree files, String root);
  }

  @Override
  public Optional<String> place() {
    return Optional.of(path);
  }

  @Override
  public RawSource open(FileStore files) {
    FileEntry entry = files.entry(path);
    FileEntry found = entry.isFolder() ? official(files, entry) : entry;
    if (!found.isFolder()) {
      return new ZippedPictures(files, found, this);
    }
    FileTree tree = FileTree.of(files);
    return new ImageFolderSource(tree, layout.find(tree, found.path()), this);
  }

  /** The set below the folder that the user names, if that is not the set itself. */
  private FileEntry official(FileStore files, FileEntry folder) {
    return files.list(folder.path()).stream()
        .filter(
            child -> child.name().equals(child.isFolder() ? officialName : officialName + ".zip"))
        .findFirst()
        .orElse(folder);
  }

  /** Height and width in pixels of a sample. */
  int size() {
    return dataset.images().orElseThrow().size();
  }
}
