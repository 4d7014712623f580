package org.qsnn.dataset;

import java.util.List;
import java.util.Optional;
import org.qsnn.model.ImageInput;

/**
 * Tiny-ImageNet (Le and Yang, 2015): 200 classes of ImageNet, 500 pictures of 64 × 64 pixels each,
 * and 50 of each that are tested.
 */
record TinyImageNetDataset() implements Dataset {
  private static final int SIZE = 64;

  /** Means and deviations of its training pictures. */
  private static final ImageInput INPUT =
      new ImageInput(List.of(.4802, .4481, .3975), List.of(.2770, .2691, .2821));

  @Override
  public String key() {
    return "tiny-imagenet";
  }

  @Override
  public Optional<Images> images() {
    return Optional.of(new Images(SIZE, INPUT));
  }

  @Override
  public DatasetSource source(Choices choices) {
    return new PicturePlace(
        this,
        choices.path().orElseThrow(),
        "tiny-imagenet-200",
        TinyImageNetFolders::in,
        "files",
        choices.badFiles());
  }
}
