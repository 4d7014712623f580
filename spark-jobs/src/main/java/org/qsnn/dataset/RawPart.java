package org.qsnn.dataset;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.qsnn.sample.SampleSink;

/**
 * Samples that become one Parquet file.
 *
 * @param name of the Parquet file, without ending; one of its kind in the split
 * @param firstId id of its first sample in the split
 */
public record RawPart(String name, Split split, long firstId, Content content) {

  /**
   * Pours the samples until the thread is interrupted.
   *
   * @throws CancellationException if it is; it is not marked as interrupted any more, so that what
   *     is half written can be removed
   */
  public List<SourceFile> pour(SampleSink sink) throws IOException {
    return content.pour(
        (id, label, payload) -> {
          if (Thread.interrupted()) {
            throw new CancellationException("interrupted at sample " + id + " of " + name);
          }
          sink.accept(id, label, payload);
        });
  }

  /** The samples themselves; they are read while they are poured. */
  @FunctionalInterface
  public interface Content {
    /**
     * Pours the samples in the order of their ids.
     *
     * @return the files that they came from, in the same order
     * @throws org.qsnn.DataException if a file is damaged: names it, the offset, expected and found
     */
    List<SourceFile> pour(SampleSink sink) throws IOException;
  }
}
