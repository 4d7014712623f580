package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.qsnn.EnumKey;
import org.qsnn.model.FrameInput.Resize;
import org.qsnn.model.FrameInput.Split;
import org.qsnn.model.FrameInput.Values;

/** A {@link ModelDescription} as metadata strings. */
final class DescriptionMetadata {
  private static final String INPUT = "input.";
  private static final String KIND = "kind";
  private static final String IMAGES = "images";
  private static final String EVENTS = "events";
  private static final String MEAN = "mean";
  private static final String STD = "std";
  private static final String SPLIT = "split";
  private static final String DURATION = "duration";
  private static final String RESIZE = "resize";
  private static final String VALUES = "values";
  private static final String CLIP = "clip";
  private static final String CLASS = "class.";

  private DescriptionMetadata() {}

  static Map<String, String> of(ModelDescription description) {
    Map<String, String> metadata = new TreeMap<>();
    ofInput(description.input()).forEach((key, value) -> metadata.put(INPUT + key, value));
    List<String> names = description.classNames();
    for (int k = 0; k < names.size(); k++) {
      metadata.put(CLASS + k, names.get(k));
    }
    description
        .provenance()
        .forEach((key, value) -> metadata.put(TensorFile.PROVENANCE + key, value));
    return metadata;
  }

  static SortedMap<String, String> ofInput(Optional<ModelInput> input) {
    SortedMap<String, String> metadata = new TreeMap<>();
    if (input.orElse(null) instanceof ImageInput images) {
      metadata.put(KIND, IMAGES);
      metadata.put(MEAN, text(images.mean()));
      metadata.put(STD, text(images.std()));
    } else if (input.orElse(null) instanceof FrameInput frames) {
      metadata.put(KIND, EVENTS);
      metadata.put(SPLIT, EnumKey.of(frames.split()));
      metadata.put(DURATION, Long.toString(frames.micros()));
      metadata.put(RESIZE, EnumKey.of(frames.resize()));
      metadata.put(VALUES, EnumKey.of(frames.values()));
      metadata.put(CLIP, Double.toString(frames.clip()));
    }
    return metadata;
  }

  /**
   * @param classes of the network
   * @throws org.qsnn.DataException if a value is missing or not allowed
   */
  static ModelDescription description(TensorFile file, int classes) {
    return new ModelDescription(input(file), classNames(file, classes), file.provenance());
  }

  private static Optional<ModelInput> input(TensorFile file) {
    if (!file.metadata().containsKey(INPUT + KIND)) {
      return Optional.empty();
    }
    String kind = file.metadata(INPUT + KIND);
    return switch (kind) {
      case IMAGES -> Optional.of(images(file));
      case EVENTS -> Optional.of(frames(file));
      default -> throw file.invalid(INPUT + KIND, IMAGES + " or " + EVENTS, null);
    };
  }

  private static ImageInput images(TensorFile file) {
    List<Double> mean = numbers(file, INPUT + MEAN);
    List<Double> std = numbers(file, INPUT + STD);
    try {
      return new ImageInput(mean, std);
    } catch (IllegalArgumentException e) {
      throw file.invalid(INPUT + STD, "three positive numbers beside three of input.mean", e);
    }
  }

  private static FrameInput frames(TensorFile file) {
    return new FrameInput(
        file.constant(INPUT + SPLIT, Split.values()),
        file.integer(INPUT + DURATION, 1, Long.MAX_VALUE),
        file.constant(INPUT + RESIZE, Resize.values()),
        file.constant(INPUT + VALUES, Values.values()),
        positive(file, INPUT + CLIP));
  }

  /** None, or one for each class. */
  private static List<String> classNames(TensorFile file, int classes) {
    if (!file.metadata().containsKey(CLASS + 0)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      names.add(file.metadata(CLASS + k));
    }
    return names;
  }

  private static String text(List<Double> numbers) {
    return numbers.stream().map(number -> Double.toString(number)).collect(Collectors.joining(","));
  }

  private static List<Double> numbers(TensorFile file, String key) {
    List<Double> numbers = new ArrayList<>();
    for (String number : file.metadata(key).split(",", -1)) {
      numbers.add(number(file, key, number, "numbers with commas between them"));
    }
    return numbers;
  }

  private static double positive(TensorFile file, String key) {
    String expected = "a positive number";
    double number = number(file, key, file.metadata(key), expected);
    if (!(number > 0)) {
      throw file.invalid(key, expected, null);
    }
    return number;
  }

  private static double number(TensorFile file, String key, String text, String expected) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw file.invalid(key, expected, e);
    }
    if (!Double.isFinite(number)) {
      throw file.invalid(key, expected, null);
    }
    return number;
  }
}
