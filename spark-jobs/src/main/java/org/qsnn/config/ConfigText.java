package org.qsnn.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.qsnn.ConfigurationException;

/**
 * The text of a configuration file and where it comes from.
 *
 * @param origin path of the file, as messages show it
 */
public record ConfigText(String origin, String text) {

  /** Opens a path of any file system. */
  @FunctionalInterface
  public interface Opener {
    InputStream open(String path) throws IOException;
  }

  /** No file at all: the defaults, and what the command line sets. */
  public static ConfigText none(String command) {
    return new ConfigText(command, "");
  }

  /**
   * Reads a configuration file.
   *
   * @throws ConfigurationException if there is no such file, or it cannot be read
   */
  public static ConfigText read(String path, Opener opener) {
    try (InputStream in = opener.open(path)) {
      return new ConfigText(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new ConfigurationException(path + ": no such configuration file", e);
    } catch (IOException e) {
      throw new ConfigurationException(
          path + ": cannot read the configuration: " + e.getMessage(), e);
    }
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
