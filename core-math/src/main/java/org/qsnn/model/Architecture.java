package org.qsnn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;
import org.qsnn.ConfigurationException;

/**
 * A family of networks: the layers, line by line, that become a {@link NetworkSpec} for an input, a
 * width and a number of classes. Those that have a name of their own ({@link Architectures}) and
 * those that a user writes have the same form.
 *
 * <p>A line is one of
 *
 * <pre>
 * conv CHANNELS [kernel 3] [stride 1] [padding kernel/2] [bias] [named NAME] [times 1]
 * residual-block CHANNELS [stride 1] [times 1]
 * max-pool EXTENT [stride EXTENT] [padding 0]
 * average-pool EXTENT
 * global-average-pool
 * linear FEATURES [bias] [named NAME] [times 1]
 * readout [draw uniform] [named fc]
 * </pre>
 *
 * where {@code conv}, {@code residual-block} and {@code linear} have batch normalization and
 * spiking neurons, pools stand behind the neurons of the line before, and {@code readout}, the
 * last, has neither: it gives a score for each class. The first is a {@code conv}. The weights of
 * the first and the last have 8 bits.
 */
public final class Architecture {
  /** The name of one that a user writes. */
  public static final String CUSTOM = "custom";

  private static final int MOST_LINES = 1000;

  /** A larger multiple leaves no size of an input. */
  private static final int MOST_PIXELS = 1 << 20;

  /** Of an input from which any layers that are allowed leave something. */
  private static final int LARGEST_SIZE = 1 << 24;

  private final String key;
  private final List<String> text;
  private final UsualInput usualInput;
  private final List<Placed> layers = new ArrayList<>();
  private final LayerLine.Readout readout;

  /** What an architecture was made for, with the same image at every timestep or with frames. */
  public record UsualInput(int channels, int size, boolean isSteady) {}

  /** A layer, and the line that names it in messages. */
  private record Placed(LayerLine line, String place) {}

  /**
   * @param text lines; what follows a {@code #}, and blank ones, are left out
   * @throws ConfigurationException if one of them is not allowed
   */
  Architecture(String key, List<String> text, UsualInput usualInput) {
    this.key = key;
    this.usualInput = usualInput;
    this.text = words(text);
    require(
        this.text.size() >= 2 && this.text.size() <= MOST_LINES,
        place(),
        this.text.size() + " lines",
        "2 to " + MOST_LINES + " lines");
    for (int i = 0; i < this.text.size(); i++) {
      String line = this.text.get(i);
      String place = place() + ", line " + (i + 1) + " (" + line + ")";
      try {
        for (LayerLine layer : LayerLineParser.parse(line)) {
          layers.add(new Placed(layer, place));
        }
      } catch (ConfigurationException e) {
        throw at(place, e);
      }
    }
    this.readout = requireEnds();
  }

  /** Lines without comments, with one space between words. */
  private static List<String> words(List<String> text) {
    List<String> lines = new ArrayList<>();
    for (String line : text) {
      int end = line.indexOf('#');
      StringTokenizer words = new StringTokenizer(end < 0 ? line : line.substring(0, end));
      if (words.hasMoreTokens()) {
        StringBuilder joined = new StringBuilder(words.nextToken());
        while (words.hasMoreTokens()) {
          joined.append(' ').append(words.nextToken());
        }
        lines.add(joined.toString());
      }
    }
    return List.copyOf(lines);
  }

  /**
   * One that a user wrote.
   *
   * @param lines with commas between them
   * @throws ConfigurationException if one of them is not allowed
   */
  public static Architecture custom(String lines) {
    return new Architecture(CUSTOM, List.of(lines.split(",")), new UsualInput(3, 32, true));
  }

  /** Takes the readout off the layers. */
  private LayerLine.Readout requireEnds() {
    Placed first = layers.get(0);
    require(
        first.line() instanceof LayerLine.Conv,
        first.place(),
        "another layer at the beginning",
        "a conv, which reads the input with weights of 8 bits");
    Placed last = layers.remove(layers.size() - 1);
    if (!(last.line() instanceof LayerLine.Readout found)) {
      throw invalid(last.place(), "a readout at the end", "none");
    }
    for (Placed layer : layers) {
      require(
          !(layer.line() instanceof LayerLine.Readout),
          layer.place(),
          "layers behind it",
          "the last line");
    }
    return found;
  }

  private String place() {
    return key.equals(CUSTOM) ? "network.layers" : key;
  }

  private static ConfigurationException at(String place, ConfigurationException e) {
    return new ConfigurationException(place + ": " + e.getMessage(), e);
  }

  /** The name used in configurations and files. */
  public String key() {
    return key;
  }

  /** The lines, with commas between them. */
  public String text() {
    return String.join(", ", text);
  }

  /** What the published network was made for; benchmarks show it. */
  public UsualInput usualInput() {
    return usualInput;
  }

  /** Channels of the first layer in the published network (width factor 1). */
  public int fullWidth() {
    return ((LayerLine.Conv) layers.get(0).line()).channels();
  }

  /** What the readout of the published network reads. */
  public Head usualHead() {
    LayerLine last = layers.get(layers.size() - 1).line();
    return last instanceof LayerLine.Pooled pooled && pooled.pool() instanceof Pool.GlobalAverage
        ? Head.AVERAGED
        : Head.FLATTENED;
  }

  /**
   * Channels of the first layer for a width factor.
   *
   * @throws ConfigurationException if less than one channel is left
   */
  public int width(double factor) {
    int width = (int) Math.rint(fullWidth() * factor);
    if (width < 1) {
      throw new ConfigurationException(
          "network.width-factor: "
              + factor
              + " leaves no channel of "
              + fullWidth()
              + " in the first layer of "
              + key()
              + "; the smallest is 1/"
              + fullWidth());
    }
    return width;
  }

  /**
   * The network of this architecture, with the neuron and the head of the published code and the
   * same bits in every layer.
   *
   * @throws ConfigurationException if a size is out of range
   */
  public NetworkSpec spec(
      int width,
      int timesteps,
      int inputChannels,
      int inputSize,
      int classes,
      WeightScheme weightScheme,
      int membraneBits) {
    return spec(
        width,
        timesteps,
        inputChannels,
        inputSize,
        classes,
        weightScheme,
        MembraneBits.of(membraneBits),
        LifNeuron.PUBLISHED,
        usualHead());
  }

  /**
   * The network of this architecture.
   *
   * @throws ConfigurationException if a size is out of range, or there are bits for another number
   *     of layers
   */
  public NetworkSpec spec(
      int width,
      int timesteps,
      int inputChannels,
      int inputSize,
      int classes,
      WeightScheme weightScheme,
      MembraneBits membraneBits,
      LifNeuron neuron,
      Head head) {
    require(width >= 1, "network.width", width, "at least 1");
    require(timesteps >= 1, "network.timesteps", timesteps, "at least 1");
    require(inputChannels >= 1, "input channels", inputChannels, "at least 1");
    require(classes >= 2, "number of classes", classes, "at least 2");
    int multiple = sizeMultiple();
    require(
        inputSize >= multiple && inputSize % multiple == 0,
        "input size of " + key,
        inputSize,
        "a multiple of " + multiple);
    LayerStack stack = stack((double) width / fullWidth(), inputChannels, inputSize);
    stack.end(head);
    return new NetworkSpec(
        this,
        width,
        timesteps,
        inputChannels,
        inputSize,
        classes,
        weightScheme,
        membraneBits,
        neuron,
        stack.layers(),
        stack.readout(readout, classes));
  }

  private LayerStack stack(double scale, int inputChannels, int inputSize) {
    LayerStack stack = new LayerStack(scale, inputChannels, inputSize);
    for (Placed layer : layers) {
      try {
        stack.add(layer.line());
      } catch (ConfigurationException e) {
        throw at(layer.place(), e);
      }
    }
    return stack;
  }

  /**
   * Height and width of an input must be a multiple of this, so that strides and pools leave
   * nothing out; as far as convolutions keep the size.
   */
  private int sizeMultiple() {
    int multiple = 1;
    for (Placed layer : layers) {
      int divisor = layer.line().divisor();
      if (divisor == 0) {
        return multiple;
      }
      multiple = Math.min(MOST_PIXELS, multiple * divisor);
    }
    return multiple;
  }

  /**
   * Under which names tables list the spiking layers, in order of execution: those of their first
   * convolutions ({@link NetworkSpec.Layer#listedName}), whatever the width and the input.
   */
  public List<String> layerNames() {
    return NetworkSpec.listedNames(stack(1, 1, LARGEST_SIZE).layers());
  }

  private static void require(boolean holds, String what, Object found, String allowed) {
    if (!holds) {
      throw invalid(what, allowed, found);
    }
  }

  private static ConfigurationException invalid(String what, String allowed, Object found) {
    return new ConfigurationException(what + ": must be " + allowed + "; found " + found);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Architecture that && key.equals(that.key) && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, text);
  }

  @Override
  public String toString() {
    return key;
  }
}
