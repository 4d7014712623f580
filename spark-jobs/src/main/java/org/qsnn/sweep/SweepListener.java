package org.qsnn.sweep;

/** Is told how far a sweep is. */
public interface SweepListener extends AutoCloseable {
  /** Something has changed: a trial was started, or a part of one has ended. */
  void changed(SweepProgress progress);

  @Override
  void close();
}
