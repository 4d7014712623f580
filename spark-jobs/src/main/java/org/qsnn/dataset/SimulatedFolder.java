package org.qsnn.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.Aedat2Writer;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.NewFolder;

/**
 * Turns a set of images into recordings of them as CIFAR10-DVS was recorded, by simulation: AEDAT
 * 2.0 files {@code <split>/<class>/<kind>_<class>_<id>.aedat}, a folder that {@link
 * RecordingsDataset} takes.
 */
public final class SimulatedFolder {
  /** In which the files number pixels, as those of CIFAR10-DVS do. */
  public static final Aedat2Convention CONVENTION = Aedat2Convention.CIFAR10_DVS;

  /** Recordings that are made at once, on all cores. */
  private static final int BATCH = 32;

  private final FileStore files;
  private final DatasetSource images;
  private final RawSource raw;
  private final String folder;
  private final ImageRecorder recorder;

  private SimulatedFolder(
      FileStore files, DatasetSource images, RawSource raw, String folder, ImageRecorder recorder) {
    this.files = files;
    this.images = images;
    this.raw = raw;
    this.folder = folder;
    this.recorder = recorder;
  }

  /** How many recordings were written. */
  public record Written(long train, long test) {}

  /**
   * Records the first images of each split. The folder appears when it is complete.
   *
   * @param target a new or empty folder
   * @throws ConfigurationException if the source has no images
   * @throws DataException if the images cannot be read, or something is at the target
   */
  public static Written write(
      FileStore files, DatasetSource images, long trainLimit, long testLimit, String target) {
    int size =
        images
            .dataset()
            .images()
            .map(Dataset.Images::size)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "--simulate-events: dataset.kind must be a kind of images; found "
                            + images.dataset().key()));
    try (NewFolder folder = NewFolder.at(files, target)) {
      RawSource raw = images.open(files);
      Written written =
          new SimulatedFolder(files, images, raw, folder.path(), ImageRecorder.ofCifar10Dvs(size))
              .record(trainLimit, testLimit);
      if (!folder.publish()) {
        throw folder.refusal();
      }
      return written;
    }
  }

  private Written record(long trainLimit, long testLimit) {
    long[] counts = new long[Split.values().length];
    raw.read(
        part -> {
          long limit = part.split() == Split.TRAIN ? trainLimit : testLimit;
          counts[part.split().ordinal()] += record(part, limit);
        });
    return new Written(counts[Split.TRAIN.ordinal()], counts[Split.TEST.ordinal()]);
  }

  private record Image(String path, long recording, byte[] planes) {}

  private long record(RawPart part, long limit) {
    List<Image> batch = new ArrayList<>();
    long[] count = new long[1];
    try {
      part.pour(
          (id, label, planes) -> {
            if (id < limit) {
              batch.add(image(part.split(), id, label, planes));
              count[0]++;
            }
            if (batch.size() == BATCH) {
              writeAll(batch);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writeAll(batch);
    return count[0];
  }

  private Image image(Split split, long id, int label, byte[] planes) {
    String name = raw.classNames().get(label);
    String path =
        String.format(
            Locale.ROOT,
            "%s/%s/%s/%s_%s_%d.aedat",
            folder,
            split.key(),
            name,
            images.dataset().key(),
            name,
            id);
    return new Image(path, 2 * id + split.ordinal(), planes);
  }

  private void writeAll(List<Image> batch) {
    byte[][] recordings = batch.parallelStream().map(this::recording).toArray(byte[][]::new);
    for (int i = 0; i < recordings.length; i++) {
      byte[] recording = recordings[i];
      files.commit(batch.get(i).path(), out -> out.write(recording));
    }
    batch.clear();
  }

  private byte[] recording(Image image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Aedat2Writer.write(recorder.record(image.recording(), image.planes()), CONVENTION, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
