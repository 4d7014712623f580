package org.qsnn.dataset;

import java.io.BufferedInputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.event.EventCodec;
import org.qsnn.event.Events;
import org.qsnn.event.RecordingCollector;
import org.qsnn.event.Sensor;
import org.qsnn.sample.SampleSink;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * Recordings of event cameras as samples: each is read whole, checked, cut, and its pieces encoded.
 * A recording that cannot be read fails the preparation or is left out, up to a limit.
 */
final class EventSource implements RawSource {
  private static final Logger LOG = LogManager.getLogger();

  /** Of recordings that go into one Parquet file. */
  private static final long PART_BYTES = 256L << 20;

  private final FileStore files;
  private final EventLayout layout;
  private final String sampling;
  private final int tolerated;
  private final long toleratedEvents;

  /**
   * @param sampling see {@link DatasetSource#sampling}
   * @param tolerated damaged recordings that are left out before one is a failure
   * @param toleratedEvents bad events in all recordings, before one is a failure
   */
  EventSource(
      FileStore files, EventLayout layout, String sampling, int tolerated, long toleratedEvents) {
    this.files = files;
    this.layout = layout;
    this.sampling = sampling;
    this.tolerated = tolerated;
    this.toleratedEvents = toleratedEvents;
  }

  @Override
  public List<String> classNames() {
    return layout.classNames();
  }

  @Override
  public String splitName() {
    return layout.splitName();
  }

  @Override
  public String state() {
    return sampling
        + "\ntolerates "
        + tolerated
        + layout.recordings().stream()
            .map(Recording::file)
            .map(file -> "\n" + file.path() + " " + file.bytes() + " " + file.modified())
            .collect(Collectors.joining())
        + (layout.state().isEmpty() ? "" : "\n" + layout.state());
  }

  @Override
  public String passedOver() {
    return SkippedFiles.note(layout.passedOver());
  }

  @Override
  public PayloadFormat read(Consumer<RawPart> parts) {
    if (!passedOver().isEmpty()) {
      LOG.warn("{}", passedOver());
    }
    Reading reading = new Reading();
    List<Recording> recordings = layout.recordings();
    for (Split split : Split.values()) {
      reading.read(split, recordings.stream().filter(r -> r.split() == split).toList(), parts);
    }
    reading.logPassedOver();
    return reading.payload();
  }

  /** One pass over all recordings. */
  private final class Reading {
    private final Map<String, Recording> byHash = new HashMap<>();
    private final SortedMap<String, Long> passedOver = new TreeMap<>();
    private final SortedMap<String, Long> badEvents = new TreeMap<>();
    private final long[][] perClass = new long[Split.values().length][classNames().size()];
    private final Set<String> counted = new HashSet<>();
    private Sensor sensor;
    private Hashed last = new Hashed("", null, "");
    private long nextId;
    private final BadFiles bad = new BadFiles(tolerated);

    void read(Split split, List<Recording> recordings, Consumer<RawPart> parts) {
      nextId = 0;
      int number = 0;
      for (int from = 0; from < recordings.size(); ) {
        int to = end(recordings, from);
        List<Recording> group = recordings.subList(from, to);
        String name = String.format(Locale.ROOT, "part-%05d", number++);
        parts.accept(new RawPart(name, split, nextId, sink -> pour(group, sink)));
        from = to;
      }
    }

    private int end(List<Recording> recordings, int from) {
      long bytes = 0;
      int to = from;
      while (to < recordings.size() && bytes < PART_BYTES) {
        FileEntry file = recordings.get(to).file();
        boolean isOnceMore = to > from && recordings.get(to - 1).file().equals(file);
        bytes += isOnceMore ? 0 : file.bytes();
        to++;
      }
      return to;
    }

    private List<SourceFile> pour(List<Recording> group, SampleSink sink) {
      List<SourceFile> sources = new ArrayList<>();
      for (Recording recording : group) {
        sources.add(pour(recording, sink));
      }
      return sources;
    }

    private SourceFile pour(Recording recording, SampleSink sink) {
      long firstId = nextId;
      String problem = "";
      String hash = "";
      try {
        Hashed hashed = hashed(recording);
        hash = hashed.sha256;
        requireSound(recording, hashed);
        layout
            .samples(recording, hashed.events)
            .forEach(
                sample -> {
                  sink.accept(nextId++, sample.label(), EventCodec.encode(sample.events()));
                  perClass[recording.split().ordinal()][sample.label()]++;
                });
      } catch (DataException e) {
        problem = bad.leftOut(e);
      }
      requireFewBadEvents(recording);
      return new SourceFile(
          recording.name(),
          recording.split(),
          firstId,
          nextId - firstId,
          recording.file().bytes(),
          hash,
          problem);
    }

    /**
     * A recording that was read.
     *
     * @param path its file; empty if there is none yet
     */
    private record Hashed(String path, Events events, String sha256) {}

    private Hashed hashed(Recording recording) {
      String path = recording.file().path();
      if (last.path.equals(path)) {
        return last;
      }
      // Two at a time would be twice the memory.
      last = new Hashed("", null, "");
      last = readAndHash(recording, path);
      return last;
    }

    private Hashed readAndHash(Recording recording, String path) {
      return layout.open(
          files,
          recording,
          in -> {
            DigestInputStream digested = new DigestInputStream(in, Hashes.sha256());
            RecordingCollector collector = new RecordingCollector(path);
            layout.read(new BufferedInputStream(digested), path, collector);
            // A table of packets may follow, which is not read.
            digested.transferTo(OutputStream.nullOutputStream());
            if (counted.add(path)) {
              collector.passedOver().forEach((what, n) -> passedOver.merge(what, n, Long::sum));
              count(path, collector.tolerated());
            }
            Events events = collector.events();
            if (collector.guessesSensor()) {
              LOG.warn("{}: names no camera; read as one of {}", path, events.sensor());
            }
            return new Hashed(path, events, Hashes.hex(digested.getMessageDigest()));
          });
    }

    private void count(String path, SortedMap<String, Long> tolerated) {
      tolerated.forEach(
          (what, n) -> {
            LOG.warn("{}: {} {}", path, n, what);
            badEvents.merge(what, n, Long::sum);
          });
    }

    private void requireFewBadEvents(Recording last) {
      long all = badEvents.values().stream().mapToLong(Long::longValue).sum();
      if (all > toleratedEvents) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected at most %d bad events in all recordings"
                    + " (dataset.bad-event-limit-in-all), found %d by its end: %s",
                last.file().path(),
                toleratedEvents,
                all,
                badEvents));
      }
    }

    void logPassedOver() {
      badEvents.forEach((what, n) -> LOG.warn("In all recordings: {} {}", n, what));
      passedOver.forEach((what, n) -> LOG.info("Skipped in all recordings: {} {}", n, what));
    }

    /** All of one sensor, and none twice: what is tested must not have been trained on. */
    private void requireSound(Recording recording, Hashed hashed) {
      String path = recording.file().path();
      sensor = sensor == null ? hashed.events.sensor() : sensor;
      if (!hashed.events.sensor().equals(sensor)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected a sensor of %s as in the recordings before, found %s",
                path,
                sensor,
                hashed.events.sensor()));
      }
      Recording same = byHash.putIfAbsent(hashed.sha256, recording);
      boolean isAnotherPart =
          same != null
              && same.file().equals(recording.file())
              && !same.name().equals(recording.name());
      if (same != null && !isAnotherPart) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected each recording once, found the same as %s",
                path,
                same.file().path()));
      }
    }

    PayloadFormat payload() {
      for (Split split : Split.values()) {
        long[] samples = perClass[split.ordinal()];
        if (LongStream.of(samples).sum() == 0) {
          throw new DataException(
              String.format(Locale.ROOT, "expected samples in %s, found none", split.key()));
        }
        List<String> missing =
            IntStream.range(0, samples.length)
                .filter(label -> samples[label] == 0)
                .mapToObj(classNames()::get)
                .toList();
        if (!missing.isEmpty() && layout.needsEveryClass() && split == Split.TRAIN) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "expected a training sample of every class, found none of %s",
                  String.join(", ", missing)));
        }
        if (!missing.isEmpty()) {
          LOG.warn("{} has no sample of {}", split.key(), String.join(", ", missing));
        }
      }
      return new PayloadFormat(PayloadFormat.EVENTS, List.of(2, sensor.height(), sensor.width()));
    }
  }
}
