package org.qsnn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Recordings of event cameras that tests read: those of the test resource {@code event-samples.zip}
 * are always there, more lie in the data folder (property {@code data.dir}).
 */
public final class EventSamples {
  private static final Path DATA = Path.of(System.getProperty("data.dir", "../../shared/data"));
  private static final Path RESOURCE = ZippedResource.root("event-samples.zip");

  private EventSamples() {}

  /** A recording by its path; a test is skipped without it, and fails where CI is true. */
  public static Path path(String name) {
    Path always = RESOURCE.resolve(name);
    Path file = Files.exists(always) ? always : DATA.resolve(name);
    boolean isThere = Files.exists(file);
    assertThat(isThere || !"true".equals(System.getenv("CI"))).as("recording %s", file).isTrue();
    Assumptions.assumeTrue(isThere, () -> "no " + file);
    return file;
  }
}
