package org.qsnn.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.model.ImageInput;
import org.qsnn.storage.FileStore;

/**
 * Folders of PNG and JPEG files, a folder for each class. Of each picture the largest centered
 * square is resized, and normalized with the means and deviations that the field uses for
 * photographs, those of ImageNet.
 *
 * @param size height and width in pixels of a sample
 */
record ImageFoldersDataset(int size) implements Dataset {
  private static final ImageInput INPUT =
      new ImageInput(List.of(.485, .456, .406), List.of(.229, .224, .225));

  private static final int USUAL_SIZE = 32;

  ImageFoldersDataset() {
    this(USUAL_SIZE);
  }

  @Override
  public String key() {
    return "image-folders";
  }

  @Override
  public Optional<Images> images() {
    return Optional.of(new Images(size, INPUT));
  }

  @Override
  public boolean isResized() {
    return true;
  }

  @Override
  public Dataset sized(int pixels) {
    return new ImageFoldersDataset(pixels);
  }

  @Override
  public DatasetSource source(Choices choices) {
    return new Place(this, choices.path().orElseThrow(), choices.split(), choices.badFiles());
  }

  /**
   * Where they lie.
   *
   * @param path a folder with {@code train/<class>/*} and {@code test/<class>/*} (or {@code val}),
   *     or with the classes' folders themselves, which are then split
   * @param badFiles pictures that are left out if they are damaged; one more is a failure
   */
  record Place(ImageFoldersDataset dataset, String path, ImageSplit split, int badFiles)
      implements DatasetSource {
    @Override
    public Optional<String> place() {
      return Optional.of(path);
    }

    @Override
    public String sampling() {
      return String.format(
          Locale.ROOT, "pictures of %d × %d; %s", dataset.size(), dataset.size(), split);
    }

    @Override
    public RawSource open(FileStore files) {
      return new ImageFolderSource(files, ImageFolders.in(files, this), this);
    }
  }
}
