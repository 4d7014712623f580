package org.qsnn.job;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version in the jar's manifest, and Java's. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "qsnn " + Objects.requireNonNullElse(version, "(not from a jar)"),
      "Java " + System.getProperty("java.version")
    };
  }
}
