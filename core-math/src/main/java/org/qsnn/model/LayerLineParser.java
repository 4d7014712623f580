package org.qsnn.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.qsnn.ConfigurationException;
import org.qsnn.EnumKey;
import org.qsnn.model.NetworkSpec.Linear.Draw;

/**
 * Reads a line of an architecture's text: a word for the kind of layer, a number for its size where
 * it has one, and options in any order.
 */
final class LayerLineParser {
  private static final int MOST_CHANNELS = 4096;
  private static final int LARGEST_KERNEL = 31;
  private static final int MOST_TIMES = 100;
  private static final int LONGEST_NAME = 64;

  private static final String FORMS =
      "conv CHANNELS [kernel K] [stride S] [padding P] [bias] [named NAME] [times N],"
          + " residual-block CHANNELS [stride S] [times N], max-pool K [stride S] [padding P],"
          + " average-pool K, global-average-pool, linear FEATURES [bias] [named NAME] [times N]"
          + " or readout [draw normal] [named NAME]";

  private final Deque<String> words;
  private final Set<String> seen = new HashSet<>();

  private LayerLineParser(String line) {
    this.words = new ArrayDeque<>();
    for (String word : line.split(" ")) {
      words.add(word);
    }
  }

  /**
   * A layer, as often as its line says.
   *
   * @param line words with one space between them
   * @throws ConfigurationException that says what a line must be, but not which it is
   */
  static List<LayerLine> parse(String line) {
    LayerLineParser parser = new LayerLineParser(line);
    String kind = parser.words.remove();
    return switch (kind) {
      case "conv" -> parser.conv();
      case "residual-block" -> parser.residualBlock();
      case "max-pool" -> parser.maxPool();
      case "average-pool" -> {
        Pool pool = new Pool.Average(parser.number("average-pool", 2, MOST_CHANNELS));
        parser.end();
        yield List.of(new LayerLine.Pooled(pool));
      }
      case "global-average-pool" -> {
        parser.end();
        yield List.of(new LayerLine.Pooled(new Pool.GlobalAverage()));
      }
      case "linear" -> parser.linear();
      case "readout" -> parser.readout();
      default -> throw new ConfigurationException("must be " + FORMS + "; found " + kind);
    };
  }

  private List<LayerLine> conv() {
    int channels = number("conv", 1, MOST_CHANNELS);
    OptionalInt padding = OptionalInt.empty();
    Options options = new Options();
    while (!words.isEmpty()) {
      String option = option("kernel", "stride", "padding", "bias", "named", "times");
      if (option.equals("padding")) {
        padding = OptionalInt.of(number("padding", 0, LARGEST_KERNEL));
      } else {
        options.read(option);
      }
    }
    int most = options.kernel - 1;
    int sides = padding.orElse(options.kernel / 2);
    if (sides > most) {
      throw new ConfigurationException(
          "padding must be smaller than the kernel, which is "
              + options.kernel
              + "; found "
              + sides);
    }
    return options.repeated(
        new LayerLine.Conv(
            channels, options.kernel, options.stride, sides, options.bias, options.name));
  }

  private List<LayerLine> residualBlock() {
    int channels = number("residual-block", 1, MOST_CHANNELS);
    Options options = new Options();
    while (!words.isEmpty()) {
      options.read(option("stride", "times"));
    }
    return options.repeated(new LayerLine.ResidualBlock(channels, options.stride));
  }

  private List<LayerLine> maxPool() {
    int extent = number("max-pool", 2, LARGEST_KERNEL);
    int stride = extent;
    int padding = 0;
    while (!words.isEmpty()) {
      if (option("stride", "padding").equals("stride")) {
        stride = number("stride", 1, extent);
      } else {
        padding = number("padding", 0, extent / 2);
      }
    }
    return List.of(new LayerLine.Pooled(new Pool.Max(extent, stride, padding)));
  }

  private List<LayerLine> linear() {
    int features = number("linear", 1, MOST_CHANNELS);
    Options options = new Options();
    while (!words.isEmpty()) {
      options.read(option("bias", "named", "times"));
    }
    return options.repeated(new LayerLine.Dense(features, options.bias, options.name));
  }

  private List<LayerLine> readout() {
    Draw draw = Draw.UNIFORM;
    Options options = new Options();
    while (!words.isEmpty()) {
      String option = option("draw", "named");
      if (option.equals("draw")) {
        draw = draw(next("draw"));
      } else {
        options.read(option);
      }
    }
    return List.of(new LayerLine.Readout(draw, options.name.orElse("fc")));
  }

  private static Draw draw(String found) {
    Optional<Draw> draw = EnumKey.find(Draw.values(), found);
    if (draw.isEmpty()) {
      throw new ConfigurationException(
          "draw must be " + String.join(" or ", EnumKey.all(Draw.values())) + "; found " + found);
    }
    return draw.get();
  }

  private String option(String... allowed) {
    String option = words.remove();
    if (!Arrays.asList(allowed).contains(option)) {
      throw new ConfigurationException(
          "options are " + String.join(", ", allowed) + "; found " + option);
    }
    if (!seen.add(option)) {
      throw new ConfigurationException(option + " must be there once; found it twice");
    }
    return option;
  }

  private void end() {
    if (!words.isEmpty()) {
      throw new ConfigurationException("must end there; found " + words.remove() + " behind it");
    }
  }

  private String next(String option) {
    if (words.isEmpty()) {
      throw new ConfigurationException(option + " must be followed by its value; found the end");
    }
    return words.remove();
  }

  private int number(String option, int least, int most) {
    String found = next(option);
    int number = 0;
    for (int i = 0; i < found.length() && number <= most; i++) {
      int digit = found.charAt(i) - '0';
      number = digit >= 0 && digit <= 9 ? 10 * number + digit : Integer.MAX_VALUE;
    }
    if (number >= least && number <= most) {
      return number;
    }
    throw new ConfigurationException(
        option + " must be a whole number from " + least + " to " + most + "; found " + found);
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLetter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      boolean isOther = (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (!isLetter && (i == 0 || !isOther)) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_NAME;
  }

  /** What several kinds of layers have in common. */
  private final class Options {
    private int kernel = 3;
    private int stride = 1;
    private boolean bias;
    private int times = 1;
    private Optional<String> name = Optional.empty();

    void read(String option) {
      switch (option) {
        case "kernel" -> kernel = number(option, 1, LARGEST_KERNEL);
        case "stride" -> stride = number(option, 1, LARGEST_KERNEL);
        case "times" -> times = number(option, 1, MOST_TIMES);
        case "bias" -> bias = true;
        case "named" -> name = Optional.of(name());
        default -> throw new IllegalArgumentException(option);
      }
    }

    private String name() {
      String found = next("named");
      if (!isName(found)) {
        throw new ConfigurationException(
            "a name must be a letter and at most 63 letters, digits, - and _ behind it; found "
                + found);
      }
      return found;
    }

    List<LayerLine> repeated(LayerLine line) {
      if (times > 1 && name.isPresent()) {
        throw new ConfigurationException(
            "a layer that is there " + times + " times must have no name; found " + name.get());
      }
      return Collections.nCopies(times, line);
    }
  }
}
