package org.qsnn.dataset;

import java.net.URI;

/**
 * An archive that a data set's page offers.
 *
 * @param source where it is offered
 * @param folder inside of it
 * @param bytes its length
 * @param md5 as the page publishes it, in lower-case hexadecimal
 */
public record OfficialArchive(URI source, String folder, long bytes, String md5) {
  /** Its name, the last part of its address. */
  public String fileName() {
    String path = source.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
