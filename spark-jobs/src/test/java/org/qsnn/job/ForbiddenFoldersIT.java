package org.qsnn.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders that the user may not write, or not even look into, are told as such: never as missing.
 * The superuser may do everything; its commands run without the capabilities that let it.
 */
class ForbiddenFoldersIT {
  private static final List<String> WITHOUT_PRIVILEGES =
      List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search");

  @TempDir private Path root;
  private TinyTraining tiny;
  private Path forbidden;
  private Path readable;

  @BeforeEach
  void make() throws IOException {
    tiny = TinyTraining.in(root);
    forbidden = Files.createDirectory(root.resolve("forbidden"));
    readable = Files.createDirectory(root.resolve("readable"));
    Files.writeString(
        root.resolve("sweep.conf"),
        """
        sweep {
          base = tiny.conf
          space { train.learning-rate = [0.05, 0.1] }
          search = grid
        }
        """);
    allow(forbidden, "---------");
    allow(readable, "r-xr-xr-x");
  }

  @AfterEach
  void allowAgain() throws IOException {
    allow(forbidden, "rwxr-xr-x");
    allow(readable, "rwxr-xr-x");
  }

  private static void allow(Path folder, String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void runIsRefusedWithTheFolderAndTheUser() throws Exception {
    assertRefused(tiny.arguments("readable/run"), "readable/run", "no permission to write it");
    assertRefused(tiny.arguments("forbidden/run"), "forbidden/run", "no permission to read it");
  }

  @Test
  void sweepIsRefusedWithTheFolderAndTheUser() throws Exception {
    assertRefused(sweep("readable/sweep"), "readable/sweep", "no permission to write it");
    assertRefused(sweep("forbidden/sweep"), "forbidden/sweep", "no permission to read it");
    assertRefused(
        List.of("sweep", "status", forbidden.resolve("sweep").toString()),
        "forbidden/sweep",
        "no permission to read it");
  }

  @Test
  void listOfRunsLeavesItOut() throws Exception {
    try (DriverProcess driver = start(List.of("runs", root.toString()))) {
      assertThat(driver.exitCode()).as(driver.err()).isZero();
      assertThat(driver.out()).isEqualToIgnoringNewLines("no run and no sweep");
      assertThat(driver.err())
          .contains("left out: file:" + forbidden + ": no permission to list it (as user ");
    }
  }

  private List<String> sweep(String folder) {
    return List.of(
        "sweep",
        root.resolve("sweep.conf").toString(),
        "--set=sweep.dir=" + root.resolve(folder),
        "--set=dataset.cache-dir=" + root.resolve("cache"));
  }

  private void assertRefused(List<String> arguments, String... parts) throws Exception {
    try (DriverProcess driver = start(arguments)) {
      assertThat(driver.exitCode()).as(driver.err()).isEqualTo(3);
      assertThat(driver.complaints())
          .singleElement()
          .asString()
          .contains(parts)
          .contains("(as user ");
    }
  }

  private DriverProcess start(List<String> arguments) throws IOException {
    boolean isSuperuser = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    return DriverProcess.start(
        tiny, isSuperuser ? WITHOUT_PRIVILEGES : List.of(), List.of(), arguments);
  }
}
