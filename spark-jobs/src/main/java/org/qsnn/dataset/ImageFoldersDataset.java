package org.qsnn.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qsnn.model.ImageInput;

/**
 * Folders of PNG and JPEG files, a folder for each class, or a .zip of them: {@code
 * train/<class>/*} and {@code test/<class>/*} (or {@code val}), or the classes' folders themselves,
 * which are then split. Of each picture the largest centered square is resized. Normalized with the
 * means and deviations that the field uses for photographs, those of ImageNet, or with their own.
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
    return new PicturePlace(
        this,
        choices.path().orElseThrow(),
        "",
        (files, root) -> ImageFolders.in(files, root, choices.split()),
        String.format(Locale.ROOT, "pictures of %d × %d; %s", size, size, choices.split()),
        choices.badFiles());
  }
}
