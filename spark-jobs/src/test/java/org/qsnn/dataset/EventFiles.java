package org.qsnn.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.Aedat2Writer;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;
import org.qsnn.tensor.RandomStream;

/** Made-up recordings: a bar that moves across the sensor, upright in class 0, flat in class 1. */
public final class EventFiles {
  private EventFiles() {}

  /** The first {@code events} events of recording {@code number} of a class, one every 10 µs. */
  public static Events recording(int label, int number, int events) {
    RandomStream random = RandomStream.of(label, number);
    EventsBuilder recording = Events.builder(Sensor.DVS128);
    for (int i = 0; i < events; i++) {
      int along = random.nextInt(128);
      int across = (i / 8 + number * 17) % 128;
      boolean isUpright = label == 0;
      recording.append(10L * i, isUpright ? across : along, isUpright ? along : across, i % 3 > 0);
    }
    return recording.build();
  }

  /** The recording as an AEDAT 2.0 file; makes its folder. */
  public static Path write(Path file, Events events) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        Aedat2Writer.write(events, Aedat2Convention.DVS128, out);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two classes, flat and upright, with a recording each in train and test. */
  public static Path folder(Path folder, int trainEvents, int testEvents) {
    for (int label = 0; label < 2; label++) {
      String name = label == 0 ? "a" : "b";
      write(folder.resolve("train/" + name + ".aedat"), recording(label, 0, trainEvents));
      write(folder.resolve("test/" + name + "/1.aedat"), recording(label, 1, testEvents));
    }
    return folder;
  }

  /** A file of N-MNIST and N-Caltech101: an event at (i, i) every 7 µs. */
  public static Path writeSaccade(Path file, int events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < events; i++) {
      int timestamp = 7 * i;
      bytes.write(i % 34);
      bytes.write(i % 34);
      bytes.write((i % 2) << 7 | timestamp >> 16);
      bytes.write(timestamp >> 8);
      bytes.write(timestamp);
    }
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes.toByteArray());
  }
}
