package org.qsnn.predict;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.classify.Classifier;
import org.qsnn.event.EventCodec;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.event.RecordingCollector;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.StorageException;

/** Reads pieces as samples; what cannot be read becomes a sample with a problem. */
final class PieceReader {
  /** A picture's file: larger ones are refused before they fill the memory. */
  private static final int MOST_BYTES = 1 << 28;

  private static final Logger LOG = LogManager.getLogger();

  private final FileStore files;
  private final Classifier classifier;
  private final Reading reading;
  private final ClassLabels labels;

  PieceReader(FileStore files, Classifier classifier, Reading reading) {
    this.files = files;
    this.classifier = classifier;
    this.reading = reading;
    this.labels = new ClassLabels(classifier.classNames());
  }

  List<Sample> read(Piece piece) {
    try {
      if (piece.cifar() != null) {
        return files.read(piece.path(), in -> records(piece, in));
      }
      return classifier.takesPictures() ? List.of(picture(piece)) : recording(piece);
    } catch (StorageException e) {
      if (e.isAway()) {
        throw e; // it may be sound
      }
      return List.of(Sample.broken(piece.id(), e.getMessage()));
    } catch (DataException e) {
      return List.of(Sample.broken(piece.id(), e.getMessage()));
    }
  }

  private Sample picture(Piece piece) {
    byte[] file = files.readBytes(piece.path(), MOST_BYTES);
    return Sample.of(piece.id(), piece.label(), classifier.payload(file, piece.path()));
  }

  private List<Sample> recording(Piece piece) {
    Events events = files.read(piece.path(), in -> events(piece, new BufferedInputStream(in)));
    if (reading.cut().unit() == WindowCut.Unit.WHOLE) {
      return List.of(Sample.of(piece.id(), piece.label(), EventCodec.encode(events)));
    }
    List<Sample> windows = new ArrayList<>();
    reading
        .cut()
        .test(events)
        .forEach(
            window ->
                windows.add(
                    Sample.of(
                        piece.id() + "#" + windows.size(),
                        piece.label(),
                        EventCodec.encode(window))));
    if (windows.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: must be long enough for %s; found %d events",
              piece.path(),
              reading.cut(),
              events.size()));
    }
    return windows;
  }

  private Events events(Piece piece, BufferedInputStream in) throws IOException {
    EventFormat format =
        reading.isOther(piece.path())
            ? reading.other()
            : EventFormat.of(in, piece.path(), reading.options().aedat2());
    RecordingCollector collector = new RecordingCollector(piece.path());
    format.read(in, piece.path(), reading.options(), collector);
    collector.tolerated().forEach((what, n) -> LOG.warn("{}: {} {}", piece.path(), n, what));
    return collector.events();
  }

  private List<Sample> records(Piece piece, InputStream in) throws IOException {
    CifarFormat format = piece.cifar();
    in.skipNBytes(piece.first() * format.recordBytes());
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < piece.records(); i++) {
      String id = piece.id() + "#" + (piece.first() + i);
      samples.add(record(format, id, buffered.readNBytes(format.recordBytes())));
    }
    return samples;
  }

  private Sample record(CifarFormat format, String id, byte[] bytes) {
    if (bytes.length < format.recordBytes()) {
      return Sample.broken(
          id,
          String.format(
              Locale.ROOT,
              "%s: must be a record of %d bytes (%s); found %d",
              id,
              format.recordBytes(),
              format,
              bytes.length));
    }
    int start = bytes.length - CifarFormat.PAYLOAD_BYTES;
    int label = bytes[start - 1] & 0xFF;
    if (label >= format.classNames().size()) {
      return Sample.broken(
          id,
          String.format(
              Locale.ROOT,
              "%s: label must be from 0 to %d (%s); found %d",
              id,
              format.classNames().size() - 1,
              format,
              label));
    }
    byte[] planes = Arrays.copyOfRange(bytes, start, bytes.length);
    try {
      return Sample.of(
          id,
          labels.of(format.classNames().get(label)),
          classifier.payload(planes, CifarFormat.SIZE, id));
    } catch (DataException e) {
      return Sample.broken(id, e.getMessage());
    }
  }
}
