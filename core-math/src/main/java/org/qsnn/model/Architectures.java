package org.qsnn.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.qsnn.ConfigurationException;
import org.qsnn.model.Architecture.UsualInput;

/**
 * The architectures that have a name of their own. A new one is a file of layers beside this class
 * and a line here.
 */
public final class Architectures {
  private static final UsualInput CIFAR = new UsualInput(3, 32, true);
  private static final UsualInput TINY_IMAGENET = new UsualInput(3, 64, true);
  private static final UsualInput IMAGENET = new UsualInput(3, 224, true);
  private static final UsualInput EVENTS = new UsualInput(2, 48, false);

  /** In the order in which people are told of them. */
  private static final Map<String, UsualInput> SHIPPED = new LinkedHashMap<>();

  static {
    SHIPPED.put("resnet19", CIFAR);
    SHIPPED.put("vggsnn", EVENTS);
    SHIPPED.put("vgg16", CIFAR);
    SHIPPED.put("vgg16-imagenet", IMAGENET);
    SHIPPED.put("resnet18", CIFAR);
    SHIPPED.put("resnet18-tiny-imagenet", TINY_IMAGENET);
    SHIPPED.put("resnet18-imagenet", IMAGENET);
  }

  /** Read when they are first asked for: the runner starts with a model of one of them. */
  private static final Map<String, Architecture> READ = new ConcurrentHashMap<>();

  public static final Architecture RESNET19 = named("resnet19");
  public static final Architecture VGGSNN = named("vggsnn");

  private Architectures() {}

  /** The names of all. */
  public static List<String> keys() {
    return List.copyOf(SHIPPED.keySet());
  }

  /** The names of all, and that of one whose layers a user writes. */
  public static List<String> keysWithCustom() {
    return Stream.concat(keys().stream(), Stream.of(Architecture.CUSTOM)).toList();
  }

  /**
   * @throws ConfigurationException if there is no such architecture
   */
  public static Architecture named(String key) {
    UsualInput usualInput = SHIPPED.get(key);
    if (usualInput == null) {
      throw new ConfigurationException(
          "network.architecture: must be one of "
              + String.join(", ", keysWithCustom())
              + "; found "
              + key);
    }
    Architecture read = READ.get(key);
    if (read == null) {
      read = shipped(key, usualInput);
      READ.put(key, read);
    }
    return read;
  }

  /**
   * The same, or one that a user wrote.
   *
   * @param layers its lines, with commas between them; of one that is custom
   * @throws ConfigurationException if there is no such architecture, or its lines are not allowed
   */
  public static Architecture of(String key, String layers) {
    return key.equals(Architecture.CUSTOM) ? Architecture.custom(layers) : named(key);
  }

  private static Architecture shipped(String key, UsualInput usualInput) {
    try (InputStream in = Architectures.class.getResourceAsStream(key + ".layers")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Architecture(key, List.of(text.split("\n")), usualInput);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
