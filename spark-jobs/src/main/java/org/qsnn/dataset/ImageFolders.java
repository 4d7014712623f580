package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import org.qsnn.DataException;
import org.qsnn.storage.FileEntry;

/**
 * The pictures of a data set, found by their places.
 *
 * @param classNames the index is the label
 * @param pictures of both splits; in each, the classes in turn
 * @param splitName who says which are tested
 * @param passedOver what else lies there; for a note
 */
record ImageFolders(
    List<String> classNames, List<Recording> pictures, String splitName, List<String> passedOver) {
  private static final String TRAIN = "train";

  /**
   * {@code train/<class>/*} and {@code test/<class>/*} (or {@code val}), or the classes' folders,
   * which are then split. Labels are in the order of the classes' names.
   *
   * @throws DataException if there are no two classes, or a class that is tested is not trained on
   */
  static ImageFolders in(FileTree files, String root, ImageSplit split) {
    Optional<String> test =
        List.of("test", "val").stream().filter(name -> files.has(root, name)).findFirst();
    if (test.isEmpty() || !files.has(root, TRAIN)) {
      return drawn(root, classes(files, root), split);
    }
    List<String> passedOver = new ArrayList<>();
    files.list(root).stream()
        .filter(entry -> !List.of(TRAIN, test.get()).contains(entry.name()))
        .map(entry -> entry.path() + " (neither train nor test)")
        .forEach(passedOver::add);
    ClassFolders train = classes(files, root + "/" + TRAIN);
    ClassFolders tested = ClassFolders.ofPictures(files, root + "/" + test.get());
    passedOver.addAll(train.passedOver());
    passedOver.addAll(tested.passedOver());
    return official(root, train.classes(), tested.classes(), passedOver);
  }

  private static ImageFolders official(
      String root,
      SortedMap<String, List<FileEntry>> train,
      SortedMap<String, List<FileEntry>> test,
      List<String> passedOver) {
    List<String> strangers =
        test.keySet().stream().filter(name -> !train.containsKey(name)).toList();
    if (!strangers.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the classes of train in test, found %s as well",
              root,
              strangers));
    }
    List<List<FileEntry>> tested = new ArrayList<>();
    train.keySet().forEach(name -> tested.add(test.getOrDefault(name, List.of())));
    return of(
        root,
        List.copyOf(train.keySet()),
        List.copyOf(train.values()),
        tested,
        "folders",
        passedOver);
  }

  private static ImageFolders drawn(String root, ClassFolders found, ImageSplit split) {
    List<List<FileEntry>> train = new ArrayList<>();
    List<List<FileEntry>> test = new ArrayList<>();
    for (List<FileEntry> all : found.classes().values()) {
      List<FileEntry> drawn = split.drawn(all);
      int tested = split.tested(all.size());
      test.add(drawn.subList(0, tested));
      train.add(drawn.subList(tested, drawn.size()));
    }
    List<String> names = List.copyOf(found.classes().keySet());
    return of(root, names, train, test, "drawn", found.passedOver());
  }

  /**
   * @param root the set's folder
   * @param train files by label
   * @param test files by label
   */
  static ImageFolders of(
      String root,
      List<String> classNames,
      List<List<FileEntry>> train,
      List<List<FileEntry>> test,
      String splitName,
      List<String> passedOver) {
    List<Recording> pictures = new ArrayList<>(Recording.inTurn(root, Split.TRAIN, train));
    pictures.addAll(Recording.inTurn(root, Split.TEST, test));
    return new ImageFolders(classNames, pictures, splitName, passedOver);
  }

  private static ClassFolders classes(FileTree files, String folder) {
    ClassFolders found = ClassFolders.ofPictures(files, folder);
    if (found.classes().size() < 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected two class folders or more with .png or .jpg files, found %s%s%s",
              folder,
              found.classes().keySet(),
              files.has(folder, TRAIN) ? "; beside train there must be test or val" : "",
              found.passedOver().isEmpty() ? "" : "; " + SkippedFiles.note(found.passedOver())));
    }
    return found;
  }
}
