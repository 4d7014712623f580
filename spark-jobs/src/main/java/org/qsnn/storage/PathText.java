package org.qsnn.storage;

import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.qsnn.ConfigurationException;

/**
 * What people write for a path. It means what it says: nothing in it is a pattern or a variable.
 */
final class PathText {
  private static final String LOCAL = "file:";

  private PathText() {}

  /**
   * @throws ConfigurationException if it is no path, or not the one that was meant
   */
  static Path parse(String text) {
    refuseHome(text);
    try {
      String slashes = text.startsWith("//") ? text.replaceFirst("^/+", "/") : text;
      return hasScheme(slashes) ? parseUri(slashes) : new Path(null, null, slashes);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "'%s' is not a path: %s; expected for example /data/cifar10, hdfs://host:8020/data/cifar10 or a relative path%s",
              text,
              e.getCause() instanceof URISyntaxException syntax
                  ? syntax.getReason()
                  : e.getMessage(),
              hasScheme(text) ? " (a file of that name is ./" + text + ")" : ""),
          e);
    }
  }

  /**
   * What is made whole or not at all gets its name by a rename within the folder that it lies in.
   *
   * @throws ConfigurationException if there is no such folder
   */
  static void requireBelowRoot(Path path) {
    if (path.getParent() == null) {
      throw new ConfigurationException(path + ": must lie below the root; found the root itself");
    }
  }

  /** Other than in {@code 12:30} or {@code a/b:c}; a file named {@code a:b} is {@code ./a:b}. */
  static boolean hasScheme(String text) {
    return text.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*");
  }

  private static Path parseUri(String text) {
    Path path = new Path(text);
    String host = path.toUri().getAuthority();
    if (!text.regionMatches(true, 0, LOCAL, 0, LOCAL.length()) || host == null) {
      return path;
    }
    String file = path.toUri().getPath();
    if (host.equals("localhost")) {
      return new Path("file", null, file);
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "'%s' names the path %s on a host '%s'; a local file has no host: write file:///%s%s",
            text,
            file,
            host,
            host,
            file));
  }

  private static void refuseHome(String text) {
    if (text.matches("(?s)~[^/]*(/.*)?")) {
      String rest = text.substring(text.startsWith("~/") || text.equals("~") ? 1 : 0);
      String meant =
          rest.startsWith("~") ? "the folder's own path" : System.getProperty("user.home") + rest;
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "'%s': ~ is expanded by the shell only, and only at the start of a word: write %s (a folder of that name is ./%s)",
              text,
              meant,
              text));
    }
  }

  /**
   * Java would write {@code ?} for what a file's name cannot have, so that two names become one.
   *
   * @param names encoding of the local disk's names
   */
  static void requireName(String path, Charset names) {
    // What could not be decoded, when the name was read, is this character.
    if (path.indexOf('\uFFFD') >= 0 || !names.newEncoder().canEncode(path)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "'%s' has characters that names of files cannot have here (%s); set LC_ALL=C.UTF-8 or another UTF-8 locale",
              path,
              names));
    }
  }
}
