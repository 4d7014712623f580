package org.qsnn.event;

import java.util.Arrays;
import java.util.Optional;

/** Files that people take for recordings that can be read, told by their first bytes. */
enum ForeignFormat {
  PROPHESEE_DAT("% Data file", "a Prophesee DAT recording"),
  PROPHESEE_RAW("% ", "a Prophesee RAW recording (EVT)"),
  HDF5("\u0089HDF\r\n", "an HDF5 file, which is not read"),
  ROS_BAG("#ROSBAG", "a ROS bag, which is not read"),
  NUMPY("\u0093NUMPY", "a NumPy array, which is not read"),
  ZIP("PK\u0003\u0004", "a zip archive (or .npz): unpack it"),
  GZIP("\u001f\u008b\b", "a file compressed with gzip: unpack it"),
  ZSTD("(\u00b5/\u00fd", "a file compressed with zstd: unpack it"),
  XZ("\u00fd7zXZ", "a file compressed with xz: unpack it"),
  BZIP2("BZh", "a file compressed with bzip2: unpack it");

  /** As many characters as name a version of AEDAT. */
  private static final int SHOWN = Aedat2Reader.MAGIC.length();

  private final String start;
  private final String description;

  ForeignFormat(String start, String description) {
    this.start = start;
    this.description = description;
  }

  /**
   * The format that a file is of, if it is one of these.
   *
   * @param start its first bytes, each as a character
   */
  static Optional<ForeignFormat> of(String start) {
    return Arrays.stream(values()).filter(format -> start.startsWith(format.start)).findFirst();
  }

  /** What a file is that begins like this, for messages. */
  static String described(String start) {
    if (start.isEmpty()) {
      return "no bytes at all: it is empty";
    }
    return of(start)
        .map(format -> format.description)
        .orElseGet(() -> RecordingInput.shown(start.substring(0, Math.min(SHOWN, start.length()))));
  }
}
