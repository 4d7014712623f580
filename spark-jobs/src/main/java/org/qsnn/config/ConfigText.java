package org.qsnn.config;

/**
 * The text of a configuration file and where it comes from.
 *
 * @param origin path of the file, as messages show it
 */
public record ConfigText(String origin, String text) {

  /** No file at all: the defaults, and what the command line sets. */
  public static ConfigText none(String command) {
    return new ConfigText(command, "");
  }

  /**
   * The file's name without folders and ending: {@code quickstart} of {@code conf/quickstart.conf}.
   */
  public String name() {
    String file = origin.substring(origin.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
