package org.qsnn.golden;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Test resources that are archives. */
final class ZippedResource {
  private ZippedResource() {}

  /** The root of an archive, which stays open. */
  static Path root(String name) {
    try {
      Path archive = Path.of(ZippedResource.class.getResource("/" + name).toURI());
      return FileSystems.newFileSystem(archive).getPath("/");
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
