package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.sample.PictureFile;
import org.qsnn.sample.SampleSink;

/** Pictures of any size as samples of one. Damaged ones fail the preparation or are left out. */
final class ImageFolderSource implements RawSource {
  private static final Logger LOG = LogManager.getLogger();

  /** Pictures that go into one Parquet file. */
  private static final int PART = 2000;

  /** Of a file. */
  private static final int MOST_BYTES = 64 << 20;

  private final FileTree files;
  private final ImageFolders folders;
  private final PicturePlace place;

  ImageFolderSource(FileTree files, ImageFolders folders, PicturePlace place) {
    this.files = files;
    this.folders = folders;
    this.place = place;
  }

  @Override
  public List<String> classNames() {
    return folders.classNames();
  }

  @Override
  public String splitName() {
    return folders.splitName();
  }

  @Override
  public String state() {
    return place.sampling()
        + "\ntolerates "
        + place.badFiles()
        + folders.pictures().stream()
            .map(Recording::file)
            .map(file -> "\n" + file.path() + " " + file.bytes() + " " + file.modified())
            .collect(Collectors.joining());
  }

  @Override
  public String passedOver() {
    return SkippedFiles.note(folders.passedOver());
  }

  @Override
  public PayloadFormat read(Consumer<RawPart> parts) {
    if (!passedOver().isEmpty()) {
      LOG.warn("{}", passedOver());
    }
    Reading reading = new Reading();
    for (Split split : Split.values()) {
      reading.read(split, parts);
    }
    reading.tellRepeated();
    return PayloadFormat.ofImages(place.size());
  }

  /** One pass over all pictures. */
  private final class Reading {
    private final BadFiles bad = new BadFiles(place.badFiles());
    private final Set<String> trained = new HashSet<>();
    private int repeated;
    private long nextId;

    void read(Split split, Consumer<RawPart> parts) {
      nextId = 0;
      List<Recording> pictures =
          folders.pictures().stream().filter(picture -> picture.split() == split).toList();
      for (int from = 0; from < pictures.size(); from += PART) {
        List<Recording> group = pictures.subList(from, Math.min(from + PART, pictures.size()));
        String name = String.format(Locale.ROOT, "part-%05d", from / PART);
        parts.accept(new RawPart(name, split, nextId, sink -> pour(group, sink)));
      }
      if (nextId == 0) {
        throw new DataException(
            String.format(
                Locale.ROOT, "%s: expected pictures in %s, found none", place.path(), split.key()));
      }
    }

    private List<SourceFile> pour(List<Recording> group, SampleSink sink) {
      List<SourceFile> sources = new ArrayList<>();
      for (Recording picture : group) {
        long firstId = nextId;
        String hash = "";
        String problem = "";
        try {
          byte[] bytes = files.read(picture.file().path(), MOST_BYTES);
          hash = Hashes.sha256(bytes);
          byte[] planes = PictureFile.planes(bytes, picture.file().path(), place.size(), true);
          sink.accept(nextId++, picture.label(), planes);
          note(picture.split(), hash);
        } catch (DataException e) {
          problem = bad.leftOut(e);
        }
        sources.add(
            new SourceFile(
                picture.name(),
                picture.split(),
                firstId,
                nextId - firstId,
                picture.file().bytes(),
                hash,
                problem));
      }
      return sources;
    }

    private void note(Split split, String hash) {
      if (split == Split.TRAIN) {
        trained.add(hash);
      } else if (trained.contains(hash)) {
        repeated++;
      }
    }

    void tellRepeated() {
      if (repeated > 0) {
        LOG.warn("{} of the test pictures are trained on, too, under other names", repeated);
      }
    }
  }
}
