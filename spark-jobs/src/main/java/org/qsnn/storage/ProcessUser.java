package org.qsnn.storage;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.security.UserGroupInformation;
import org.qsnn.ConfigurationException;

/**
 * Whom this process runs as. In a container it may be an id without a line in /etc/passwd, for
 * which Java has no name and no home, and with which Hadoop's login fails.
 *
 * @param name as Hadoop is told it
 * @param home of what libraries keep for a user, such as native code
 */
public record ProcessUser(String name, Path home) {
  /** Call before anything asks Hadoop who it is. A user with a name is left as it is. */
  public static void ensureNamed() {
    if (!isNamed()) {
      unnamed(id(), System::getenv, System.getProperty("java.io.tmpdir")).become();
    }
  }

  /**
   * @throws ConfigurationException if the daemons of a cluster, which are not of this program,
   *     would find no name
   */
  public static void requireNamedForDaemons() {
    if (!isNamed()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "cluster: the user id %1$s has no name, without which the daemons do not start; add a line to /etc/passwd such as qsnn:x:%1$s:0::/tmp:/bin/sh, or run as a user with a name",
              id()));
    }
  }

  private static boolean isNamed() {
    return new UnixSystem().getUsername() != null;
  }

  /** Not Java's own, which is 0 without a name. */
  private static String id() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** What the environment says of a user whom the system does not know. */
  static ProcessUser unnamed(String id, UnaryOperator<String> environment, String temporary) {
    String name =
        Optional.ofNullable(environment.apply("HADOOP_USER_NAME"))
            .or(() -> Optional.ofNullable(environment.apply("SPARK_USER")))
            .orElse(id);
    Path home =
        Optional.ofNullable(environment.apply("HOME"))
            .map(File::new)
            .filter(folder -> folder.isAbsolute() && folder.isDirectory() && folder.canWrite())
            .map(File::toPath)
            .orElseGet(() -> Path.of(temporary, "home-" + id));
    return new ProcessUser(name, home);
  }

  /** The options of the JVM stay in force. */
  private void become() {
    setWhereUnknown("user.name", name);
    setWhereUnknown("user.home", home.toString());
    UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
  }

  private static void setWhereUnknown(String property, String value) {
    if ("?".equals(System.getProperty(property))) {
      System.setProperty(property, value);
    }
  }
}
