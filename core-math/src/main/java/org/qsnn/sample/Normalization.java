package org.qsnn.sample;

import java.util.List;
import org.qsnn.model.ImageInput;

/** Mean and standard deviation of the data sets of images. */
public final class Normalization {
  public static final ImageInput CIFAR10 =
      new ImageInput(List.of(.4914, .4822, .4465), List.of(.2023, .1994, .2010));

  public static final ImageInput CIFAR100 =
      new ImageInput(List.of(.5071, .4867, .4408), List.of(.2675, .2565, .2761));

  /** Of {@link SyntheticImages}. */
  public static final ImageInput SYNTHETIC =
      new ImageInput(List.of(.350, .350, .350), List.of(.174, .174, .174));

  private Normalization() {}
}
