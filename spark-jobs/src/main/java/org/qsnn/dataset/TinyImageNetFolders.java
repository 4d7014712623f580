package org.qsnn.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.qsnn.DataException;
import org.qsnn.sample.PictureFile;
import org.qsnn.storage.FileEntry;

/**
 * Tiny-ImageNet as it is published: {@code wnids.txt} has the classes, {@code words.txt} what they
 * are called, {@code train/<wnid>/images} the pictures that are trained on, {@code val/images} and
 * {@code val/val_annotations.txt} those that are tested and their classes. The pictures in {@code
 * test} have no labels. Labels are in the order of the wnids as text.
 */
final class TinyImageNetFolders {
  private static final String CLASSES = "wnids.txt";
  private static final String WORDS = "words.txt";
  private static final String ANNOTATIONS = "val_annotations.txt";
  private static final String BOXES = "_boxes.txt";

  /** Of the longest list, that of the words. */
  private static final int MOST_BYTES = 16 << 20;

  private final FileTree files;
  private final String root;
  private final List<String> wnids;
  private final List<String> passedOver = new ArrayList<>();

  private TinyImageNetFolders(FileTree files, String root) {
    this.files = files;
    this.root = root;
    if (!files.has(root, CLASSES)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected tiny-imagenet-200.zip or its folder, with %s, train and val; found %s",
              root,
              CLASSES,
              files.list(root).stream().map(FileEntry::name).limit(10).toList()));
    }
    SortedSet<String> classes = new TreeSet<>();
    lines(root + "/" + CLASSES).map(String::strip).forEach(classes::add);
    this.wnids = List.copyOf(classes);
    if (wnids.size() < 2) {
      throw new DataException(
          root + "/" + CLASSES + ": expected two classes or more, found " + wnids);
    }
  }

  /**
   * @throws DataException if a list or the folder of a class is missing, or a line makes no sense
   */
  static ImageFolders in(FileTree files, String root) {
    TinyImageNetFolders folders = new TinyImageNetFolders(files, root);
    List<List<FileEntry>> train = folders.train();
    List<List<FileEntry>> tested = folders.tested();
    folders.passOverTheRest();
    return ImageFolders.of(
        root, folders.classNames(), train, tested, "official", folders.passedOver);
  }

  private List<List<FileEntry>> train() {
    List<List<FileEntry>> train = new ArrayList<>();
    int boxes = 0;
    for (String wnid : wnids) {
      String folder = root + "/train/" + wnid;
      List<FileEntry> pictures = new ArrayList<>();
      for (FileEntry file : files.list(folder + "/images")) {
        addPicture(pictures, file);
      }
      if (pictures.isEmpty()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s/images: expected pictures, since %s has the class; found none",
                folder,
                CLASSES));
      }
      pictures.sort(ClassFolders.BY_NUMBER);
      train.add(pictures);
      for (FileEntry other : files.list(folder)) {
        if (other.name().endsWith(BOXES)) {
          boxes++;
        } else if (!other.name().equals("images")) {
          passedOver.add(other.path());
        }
      }
    }
    if (boxes > 0) {
      passedOver.add(
          String.format(Locale.ROOT, "%s/train/*/*%s (%d files with boxes)", root, BOXES, boxes));
    }
    files.list(root + "/train").stream()
        .filter(entry -> !wnids.contains(entry.name()))
        .map(entry -> entry.path() + " (no class of " + CLASSES + ")")
        .forEach(passedOver::add);
    return train;
  }

  private void addPicture(List<FileEntry> pictures, FileEntry file) {
    boolean isPicture =
        !file.isFolder() && !FileTree.isHidden(file.name()) && PictureFile.isNamed(file.name());
    if (isPicture) {
      pictures.add(file);
    } else {
      passedOver.add(file.path());
    }
  }

  private List<List<FileEntry>> tested() {
    Map<String, FileEntry> pictures = new TreeMap<>();
    List<FileEntry> found = new ArrayList<>();
    files.list(root + "/val/images").forEach(file -> addPicture(found, file));
    found.forEach(file -> pictures.put(file.name(), file));
    List<List<FileEntry>> tested = new ArrayList<>();
    wnids.forEach(wnid -> tested.add(new ArrayList<>()));
    String annotations = root + "/val/" + ANNOTATIONS;
    if (!files.has(root + "/val", ANNOTATIONS)) {
      throw new DataException(annotations + ": is missing: it has the classes of val/images");
    }
    Set<String> named = new HashSet<>();
    int number = 0;
    for (String line : lines(annotations).toList()) {
      number++;
      String[] fields = line.strip().split("\\s+");
      int label = fields.length < 2 ? -1 : Collections.binarySearch(wnids, fields[1]);
      if (label < 0 || !named.add(fields[0])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: line %d: expected a picture that is not named before and its class, of %s;"
                    + " found %s",
                annotations,
                number,
                CLASSES,
                line));
      }
      FileEntry picture = pictures.remove(fields[0]);
      if (picture == null) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: line %d: expected a picture of val/images, found %s, which is not there",
                annotations,
                number,
                fields[0]));
      }
      tested.get(label).add(picture);
    }
    pictures
        .values()
        .forEach(file -> passedOver.add(file.path() + " (not in " + ANNOTATIONS + ")"));
    tested.forEach(list -> list.sort(ClassFolders.BY_NUMBER));
    return tested;
  }

  private void passOverTheRest() {
    for (FileEntry entry : files.list(root + "/val")) {
      if (!List.of("images", ANNOTATIONS).contains(entry.name())) {
        passedOver.add(entry.path());
      }
    }
    for (FileEntry entry : files.list(root)) {
      if (entry.name().equals("test")) {
        passedOver.add(
            String.format(
                Locale.ROOT,
                "%s (%d pictures without labels)",
                entry.path(),
                files.list(entry.path() + "/images").size()));
      } else if (!List.of(CLASSES, WORDS, "train", "val").contains(entry.name())) {
        passedOver.add(entry.path());
      }
    }
  }

  /** Each by its first word, and where that is another's too, by its wnid as well. */
  private List<String> classNames() {
    Map<String, String> words = new TreeMap<>();
    if (files.has(root, WORDS)) {
      lines(root + "/" + WORDS)
          .map(line -> line.split("\t", 2))
          .filter(fields -> fields.length == 2)
          .forEach(fields -> words.put(fields[0].strip(), fields[1].split(",")[0].strip()));
    }
    List<String> first = wnids.stream().map(wnid -> words.getOrDefault(wnid, wnid)).toList();
    List<String> names = new ArrayList<>();
    for (int label = 0; label < wnids.size(); label++) {
      String name = first.get(label);
      boolean isUnique = !name.isEmpty() && Collections.frequency(first, name) == 1;
      names.add(isUnique ? name : (name + " " + wnids.get(label)).strip());
    }
    return List.copyOf(names);
  }

  private Stream<String> lines(String path) {
    return new String(files.read(path, MOST_BYTES), UTF_8).lines().filter(line -> !line.isBlank());
  }
}
