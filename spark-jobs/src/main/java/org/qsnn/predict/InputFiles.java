package org.qsnn.predict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.qsnn.DataException;
import org.qsnn.classify.Classifier;
import org.qsnn.event.EventFormat;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.PictureFile;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * What of a file or folder, with all that is below it, a model can be asked about, by the names of
 * files. The nearest folder that is named as one of the model's classes is a file's label.
 *
 * @param pieces in the order of their paths
 * @param passedOver files of other kinds
 * @param isFile whether the path is one file
 */
record InputFiles(List<Piece> pieces, int passedOver, boolean isFile) {
  private static final Pattern CIFAR =
      Pattern.compile(".*[.]bin", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Links may lead in circles. */
  private static final int DEEPEST = 32;

  /**
   * @throws DataException if there is nothing to ask about
   */
  static InputFiles at(FileStore files, String path, Classifier classifier, Reading reading) {
    FileEntry entry = files.entry(path);
    Search search = new Search(files, classifier, reading);
    if (entry.isFolder()) {
      search.folder(entry.path(), "", ClassLabels.UNKNOWN, 0);
    } else {
      search.file(entry, entry.name(), ClassLabels.UNKNOWN, true);
    }
    if (search.pieces.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: must hold %s; found none among %d files",
              path,
              classifier.takesPictures()
                  ? "PNG, JPEG or CIFAR's .bin files, as the model takes them"
                  : "recordings, as the model takes them",
              search.passedOver));
    }
    return new InputFiles(List.copyOf(search.pieces), search.passedOver, !entry.isFolder());
  }

  private static final class Search {
    private final FileStore files;
    private final Classifier classifier;
    private final Reading reading;
    private final ClassLabels labels;
    private final List<Piece> pieces = new ArrayList<>();
    private int passedOver;

    Search(FileStore files, Classifier classifier, Reading reading) {
      this.files = files;
      this.classifier = classifier;
      this.reading = reading;
      this.labels = new ClassLabels(classifier.classNames());
    }

    void folder(String path, String prefix, int label, int depth) {
      if (depth > DEEPEST) {
        throw new DataException(path + ": must lie at most " + DEEPEST + " folders deep");
      }
      List<FileEntry> entries =
          files.list(path).stream().sorted(Comparator.comparing(FileEntry::name)).toList();
      for (FileEntry entry : entries) {
        String id = prefix + entry.name();
        if (entry.isFolder()) {
          int named = labels.of(entry.name());
          folder(entry.path(), id + "/", named == ClassLabels.UNKNOWN ? label : named, depth + 1);
        } else {
          file(entry, id, label, false);
        }
      }
    }

    void file(FileEntry file, String id, int label, boolean isNamed) {
      if (classifier.takesPictures() && CIFAR.matcher(file.name()).matches()) {
        records(file, id);
      } else if (isNamed || isSample(file.name())) {
        pieces.add(new Piece(file.path(), id, label, null, 0, 1));
      } else {
        passedOver++;
      }
    }

    private boolean isSample(String name) {
      if (classifier.takesPictures()) {
        return PictureFile.isNamed(name);
      }
      return EventFormat.isNamed(name) || reading.isOther(name);
    }

    /**
     * In the layout that fits the file's length; if both or none do, the model's classes decide.
     */
    private void records(FileEntry file, String id) {
      boolean isOfHundred =
          classifier.classNames().size() > CifarFormat.CIFAR10.classNames().size();
      boolean fits10 = file.bytes() % CifarFormat.CIFAR10.recordBytes() == 0;
      boolean fits100 = file.bytes() % CifarFormat.CIFAR100.recordBytes() == 0;
      CifarFormat format =
          (fits10 == fits100 ? isOfHundred : fits100) ? CifarFormat.CIFAR100 : CifarFormat.CIFAR10;
      long records = Math.max(1, -Math.floorDiv(-file.bytes(), (long) format.recordBytes()));
      for (long from = 0; from < records; from += Piece.MOST_RECORDS) {
        int count = (int) Math.min(Piece.MOST_RECORDS, records - from);
        pieces.add(new Piece(file.path(), id, ClassLabels.UNKNOWN, format, from, count));
      }
    }
  }
}
