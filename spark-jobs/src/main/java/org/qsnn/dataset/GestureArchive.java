package org.qsnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * DVS128-Gesture as one .tar.gz. Recordings are wanted in the order of lists that may come after
 * them, so the archive is unpacked to the local folder for temporary files while it is read.
 */
final class GestureArchive implements RawSource {
  private static final Logger LOG = LogManager.getLogger();

  private static final String NAME = "DvsGesture.tar.gz";
  private static final Pattern WANTED =
      Pattern.compile(
          "(?i:.+[.]aedat)|.+_labels[.]csv|trials_to_(train|test)[.]txt|gesture_mapping[.]csv");

  private final FileStore files;
  private final FileEntry archive;
  private final OfficialEventsDataset.Place place;
  private String passedOver = "";

  /**
   * @param place what the user says of it
   */
  GestureArchive(FileStore files, FileEntry archive, OfficialEventsDataset.Place place) {
    this.files = files;
    this.archive = archive;
    this.place = place;
  }

  /** The archive that a path means: a file, or the official archive in a folder without lists. */
  static Optional<FileEntry> at(FileStore files, String path) {
    FileEntry entry = files.entry(path);
    if (!entry.isFolder()) {
      return Optional.of(entry);
    }
    if (GestureFolder.find(files, path).isPresent()) {
      return Optional.empty();
    }
    return files.list(path).stream().filter(file -> file.name().equals(NAME)).findFirst();
  }

  @Override
  public List<String> classNames() {
    return GestureFolder.CLASS_NAMES;
  }

  @Override
  public String splitName() {
    return GestureFolder.SPLIT_NAME;
  }

  @Override
  public String state() {
    return String.format(
        Locale.ROOT,
        "%s\ntolerates %d\n%s %d %d",
        place.sampling(),
        place.badFiles(),
        archive.path(),
        archive.bytes(),
        archive.modified());
  }

  @Override
  public String passedOver() {
    return passedOver;
  }

  @Override
  public PayloadFormat read(Consumer<RawPart> parts) {
    try (TemporaryFolder temporary = TemporaryFolder.of(files, archive)) {
      // Messages about a recording name the archive in this way.
      String folder = temporary.path() + "/" + archive.name();
      files.createFolder(folder);
      List<String> others = unpack(folder);
      GestureFolder unpacked = new GestureFolder(files, folder, place.options());
      if (!others.isEmpty()) {
        LOG.warn("{}: {}", archive.path(), SkippedFiles.note(others));
      }
      others.addAll(unpacked.passedOver());
      passedOver = SkippedFiles.note(others);
      RawSource source = place.of(files, unpacked);
      return source.read(parts);
    }
  }

  /** Returns what it leaves in the archive. */
  private List<String> unpack(String folder) {
    List<String> others = new ArrayList<>();
    TarGz tar = new TarGz(files, archive, "DVS128-Gesture");
    tar.forEachFile(
        (entry, in) -> {
          if (WANTED.matcher(entry.name()).matches()) {
            files.commit(folder + "/" + entry.name(), out -> copy(tar, in, out));
          } else {
            others.add(entry.path());
          }
        });
    return others;
  }

  /** A failure to read is one of the archive, not of the file that is written. */
  private static void copy(TarGz tar, InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int found = read(tar, in, buffer); found > 0; found = read(tar, in, buffer)) {
      out.write(buffer, 0, found);
    }
  }

  private static int read(TarGz tar, InputStream in, byte[] buffer) {
    try {
      return in.readNBytes(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw tar.damaged(e);
    }
  }
}
