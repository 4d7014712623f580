package org.qsnn.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.qsnn.Hashes;
import org.qsnn.storage.FileEntry;

/**
 * Which pictures are tested where the data set does not say it: a share of each class, drawn by
 * name, so that a picture that is added or removed moves few others.
 *
 * @param testFraction above 0, below 1
 */
public record ImageSplit(double testFraction, long seed) {
  /** The files of a class in the order in which they are drawn; the first are tested. */
  List<FileEntry> drawn(List<FileEntry> files) {
    return files.stream().sorted(Comparator.comparing(this::rank)).toList();
  }

  /** Of a class with so many files; each of two or more has one in both parts. */
  int tested(int files) {
    long share = Math.round(files * testFraction);
    return (int) Math.max(Math.min(1, files - 1), Math.min(share, files - 1));
  }

  private String rank(FileEntry file) {
    return Hashes.sha256((seed + "/" + file.name()).getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s of each class tested if there is no test folder, seed %d",
        testFraction,
        seed);
  }
}
