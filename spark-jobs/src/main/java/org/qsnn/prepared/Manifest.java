package org.qsnn.prepared;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.qsnn.dataset.PayloadFormat;
import org.qsnn.dataset.SourceFile;
import org.qsnn.dataset.Split;

/**
 * What a prepared data set is and consists of; the keys of its {@code manifest.json} are described
 * in {@code spark-jobs/DATASET.md}.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format
 * @param kind the key of a {@link org.qsnn.dataset.Dataset}
 * @param classNames the index is the label
 * @param sampling how samples were made from files
 * @param splitName who says which files are trained on and which are tested on
 * @param statistics of the training images
 * @param passedOver a note on what lay beside these files; empty if there was nothing
 * @param sources the files it was made from: those of the training split, then those of the test
 *     split, each in the order of their ids
 * @param splitSha256 one hash for all sources and their splits: of their names and hashes, and of
 *     the sampling
 * @param dataSha256 one hash for all samples: of their splits, ids, labels and bytes
 */
public record Manifest(
    String format,
    int version,
    String kind,
    List<String> classNames,
    PayloadFormat payload,
    String sampling,
    String splitName,
    SplitContent train,
    SplitContent test,
    PixelStatistics statistics,
    String passedOver,
    List<SourceFile> sources,
    String splitSha256,
    String dataSha256) {
  static final String FORMAT = "qsnn-dataset";
  static final int VERSION = 5;

  /**
   * @param perClass number of samples; the index is the label
   * @param files in the order of their ids
   */
  public record SplitContent(long samples, List<Long> perClass, List<StoredFile> files) {}

  /**
   * A Parquet file with the samples {@code firstId … firstId + samples - 1}.
   *
   * @param path relative to the data set's folder
   */
  public record StoredFile(String path, long firstId, long samples, long bytes, String sha256) {}

  public SplitContent split(Split split) {
    return split == Split.TRAIN ? train : test;
  }

  /** The files that were left out because they are damaged. */
  public List<SourceFile> leftOut() {
    return sources.stream().filter(file -> !file.problem().isEmpty()).toList();
  }

  /** What of its source is not in it, for a line of the log; empty if nothing. */
  String omissions() {
    List<SourceFile> leftOut = leftOut();
    String damaged =
        leftOut.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                "%d damaged %s left out: %s%s",
                leftOut.size(),
                leftOut.size() == 1 ? "file" : "files",
                leftOut.get(0).problem(),
                leftOut.size() == 1 ? "" : ", and others");
    return Stream.of(passedOver, damaged)
        .filter(note -> !note.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** The files that the samples of a split were read from, in the order of their ids. */
  public List<SourceFile> sources(Split split) {
    return sources.stream().filter(file -> file.split() == split).toList();
  }
}
