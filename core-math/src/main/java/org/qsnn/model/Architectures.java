package org.qsnn.model;

import java.util.List;
import org.qsnn.ConfigurationException;

/** The architectures by name. */
public final class Architectures {
  public static final Architecture RESNET19 = new ResNet19();
  public static final Architecture VGGSNN = new Vggsnn();

  private static final List<Architecture> ALL = List.of(RESNET19, VGGSNN);

  private Architectures() {}

  /** The names of all. */
  public static List<String> keys() {
    return ALL.stream().map(Architecture::key).toList();
  }

  /**
   * @throws ConfigurationException if there is no such architecture
   */
  public static Architecture named(String key) {
    return ALL.stream()
        .filter(architecture -> architecture.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "network.architecture: must be "
                        + String.join(" or ", keys())
                        + "; found "
                        + key));
  }
}
