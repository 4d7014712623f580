package org.qsnn.sample;

/** Takes samples as they are read. */
@FunctionalInterface
public interface SampleSink {
  /**
   * @param id number of the sample in its split
   * @param payload a new array, the sink's own
   */
  void accept(long id, int label, byte[] payload);
}
