package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qsnn.DataException;
import org.qsnn.sample.PictureFile;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * The pictures of a data set, found by their places.
 *
 * @param classNames in the order of their names, which is that of labels
 * @param pictures of both splits; in each, the classes in turn
 * @param splitName who says which are tested
 * @param passedOver what else lies there; for a note
 */
record ImageFolders(
    List<String> classNames, List<Recording> pictures, String splitName, List<String> passedOver) {
  /**
   * @throws DataException if there are no two classes, or a class that is tested is not trained on
   */
  static ImageFolders in(FileStore files, ImageFoldersDataset.Place place) {
    String root = files.entry(place.path()).path();
    List<String> passedOver = new ArrayList<>();
    Optional<String> test =
        List.of("test", "val").stream()
            .map(name -> root + "/" + name)
            .filter(files::exists)
            .findFirst();
    if (test.isPresent() && files.exists(root + "/train")) {
      files.list(root).stream()
          .map(FileEntry::path)
          .filter(path -> !path.equals(root + "/train") && !path.equals(test.get()))
          .map(path -> path + " (neither train nor test)")
          .forEach(passedOver::add);
      return official(
          root,
          classes(files, root + "/train", passedOver),
          classes(files, test.get(), passedOver),
          passedOver);
    }
    return drawn(root, classes(files, root, passedOver), place.split(), passedOver);
  }

  private static ImageFolders official(
      String root,
      SortedMap<String, List<FileEntry>> train,
      SortedMap<String, List<FileEntry>> test,
      List<String> passedOver) {
    requireTwo(root + "/train", train, passedOver);
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
    return of(root, train, List.copyOf(train.values()), tested, "folders", passedOver);
  }

  private static ImageFolders drawn(
      String root,
      SortedMap<String, List<FileEntry>> classes,
      ImageSplit split,
      List<String> passedOver) {
    requireTwo(root, classes, passedOver);
    List<List<FileEntry>> train = new ArrayList<>();
    List<List<FileEntry>> test = new ArrayList<>();
    for (List<FileEntry> all : classes.values()) {
      List<FileEntry> drawn = split.drawn(all);
      int tested = split.tested(all.size());
      test.add(drawn.subList(0, tested));
      train.add(drawn.subList(tested, drawn.size()));
    }
    return of(root, classes, train, test, "drawn", passedOver);
  }

  private static ImageFolders of(
      String root,
      SortedMap<String, List<FileEntry>> classes,
      List<List<FileEntry>> train,
      List<List<FileEntry>> test,
      String splitName,
      List<String> passedOver) {
    List<Recording> pictures = new ArrayList<>(Recording.inTurn(root, Split.TRAIN, train));
    pictures.addAll(Recording.inTurn(root, Split.TEST, test));
    return new ImageFolders(List.copyOf(classes.keySet()), pictures, splitName, passedOver);
  }

  private static void requireTwo(
      String folder, SortedMap<String, List<FileEntry>> classes, List<String> passedOver) {
    if (classes.size() < 2) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected two class folders or more with .png or .jpg files, found %s%s",
              folder,
              classes.keySet(),
              passedOver.isEmpty() ? "" : "; " + SkippedFiles.note(passedOver)));
    }
  }

  private static SortedMap<String, List<FileEntry>> classes(
      FileStore files, String folder, List<String> passedOver) {
    SortedMap<String, List<FileEntry>> classes = new TreeMap<>();
    for (FileEntry entry : files.list(folder)) {
      if (!entry.isFolder()) {
        passedOver.add(entry.path());
        continue;
      }
      List<FileEntry> pictures = new ArrayList<>();
      for (FileEntry child : files.list(entry.path())) {
        boolean isPicture = !child.isFolder() && PictureFile.isNamed(child.name());
        if (isPicture) {
          pictures.add(child);
        } else {
          passedOver.add(child.path());
        }
      }
      if (pictures.isEmpty()) {
        passedOver.add(entry.path() + " (a folder without pictures)");
      } else {
        pictures.sort(ClassFolders.BY_NUMBER);
        classes.put(entry.name(), pictures);
      }
    }
    return classes;
  }
}
