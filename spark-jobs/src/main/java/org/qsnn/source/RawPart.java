package org.qsnn.source;

import java.io.IOException;
import java.util.List;
import org.qsnn.dataset.SampleSink;

/**
 * Samples that become one Parquet file.
 *
 * @param name of the Parquet file, without ending; one of its kind in the split
 * @param firstId id of its first sample in the split
 */
public record RawPart(String name, Split split, long firstId, Content content) {

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
