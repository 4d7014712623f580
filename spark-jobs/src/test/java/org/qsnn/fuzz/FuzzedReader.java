package org.qsnn.fuzz;

import java.util.List;

/**
 * A reader and good inputs of it.
 *
 * @param isChecksummed whether it checks every byte, so that whatever is no longer a seed is
 *     refused
 */
record FuzzedReader(String name, boolean isChecksummed, List<byte[]> seeds, Reading reading) {

  /** Reads one input; whatever is documented to be thrown is a {@link org.qsnn.QsnnException}. */
  @FunctionalInterface
  interface Reading {
    void read(byte[] input) throws Exception;
  }

  /** One that takes or refuses what was changed. */
  static FuzzedReader of(String name, List<byte[]> seeds, Reading reading) {
    return new FuzzedReader(name, false, seeds, reading);
  }

  /** One that must refuse everything but the seeds. */
  static FuzzedReader checksummed(String name, List<byte[]> seeds, Reading reading) {
    return new FuzzedReader(name, true, seeds, reading);
  }

  @Override
  public String toString() {
    return name;
  }
}
