package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/** N-MNIST and N-Caltech101 as .zip archives, as their page offers them. */
final class SampleArchives implements RawSource {
  /** What the archives hold. */
  interface Arrangement {
    SampleFiles of(List<ZipArchive> archives, OfficialEventsDataset.Place place);
  }

  private final FileStore files;
  private final List<FileEntry> archives;
  private final OfficialEventsDataset.Place place;
  private final String splitName;
  private final Arrangement arrangement;
  private List<String> classNames = List.of();
  private String passedOver = "";

  /**
   * @param archives at least one
   * @param arrangement finds the recordings in them
   */
  SampleArchives(
      FileStore files,
      List<FileEntry> archives,
      OfficialEventsDataset.Place place,
      String splitName,
      Arrangement arrangement) {
    this.files = files;
    this.archives = List.copyOf(archives);
    this.place = place;
    this.splitName = splitName;
    this.arrangement = arrangement;
  }

  /**
   * The archives that a path means: itself, if it is a file; in a folder, those of these names,
   * unless there is a folder of the unpacked set.
   *
   * @param folders names of such folders
   */
  static List<FileEntry> at(FileStore files, String path, String names, String folders) {
    FileEntry entry = files.entry(path);
    if (!entry.isFolder()) {
      return List.of(entry);
    }
    Pattern archive = Pattern.compile("(" + names + ")[.]zip", Pattern.CASE_INSENSITIVE);
    Pattern unpacked = Pattern.compile(folders, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    List<FileEntry> children = files.list(entry.path());
    boolean isUnpacked =
        children.stream()
            .anyMatch(child -> child.isFolder() && unpacked.matcher(child.name()).matches());
    return isUnpacked
        ? List.of()
        : children.stream()
            .filter(child -> !child.isFolder() && archive.matcher(child.name()).matches())
            .toList();
  }

  /** Known once it is read. */
  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public String splitName() {
    return splitName;
  }

  @Override
  public String state() {
    return String.format(Locale.ROOT, "%s\ntolerates %d\n", place.sampling(), place.badFiles())
        + archives.stream()
            .map(file -> file.path() + " " + file.bytes() + " " + file.modified())
            .collect(Collectors.joining("\n"));
  }

  @Override
  public String passedOver() {
    return passedOver;
  }

  /** What lies in the archives' folder, if that was named. */
  private List<String> beside() {
    FileEntry named = files.entry(place.path());
    List<String> read = archives.stream().map(FileEntry::path).toList();
    return named.isFolder()
        ? files.list(named.path()).stream()
            .map(FileEntry::path)
            .filter(path -> !read.contains(path))
            .toList()
        : List.of();
  }

  @Override
  public PayloadFormat read(Consumer<RawPart> parts) {
    List<ZipArchive> open = new ArrayList<>();
    try {
      for (FileEntry archive : archives) {
        open.add(ZipArchive.open(files, archive, place.dataset().key()));
      }
      SampleFiles layout = arrangement.of(open, place);
      classNames = layout.classNames();
      layout.passedOver().addAll(beside());
      RawSource source = place.of(files, layout);
      passedOver = source.passedOver();
      return source.read(parts);
    } finally {
      open.forEach(ZipArchive::close);
    }
  }
}
