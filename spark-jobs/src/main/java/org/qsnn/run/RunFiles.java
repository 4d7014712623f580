package org.qsnn.run;

/** Where a run's files go: its directory on whatever file system it lies. */
@FunctionalInterface
public interface RunFiles {
  /**
   * Writes one whole file: a reader sees all of it or nothing. A resumed run may write the file of
   * the epoch in which it was interrupted once more; the later one stays.
   *
   * @param name relative to the run directory, as {@link RunDirectory} gives it
   * @throws org.qsnn.DataException if it cannot be written
   */
  void write(String name, byte[] bytes);
}
