package org.qsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.EnumKey;

/** Files of event cameras that can be read. */
public enum EventFormat {
  /** AEDAT 2.0 of a DVS128, x and y as the camera counts them. */
  AEDAT2_DVS128(aedat2(Aedat2Convention.DVS128)),
  /** AEDAT 2.0 of a DVS128, upright. */
  AEDAT2_DVS128_UPRIGHT(aedat2(Aedat2Convention.DVS128_UPRIGHT)),
  /** AEDAT 2.0 of a DVS128, turned as the published readers of CIFAR10-DVS do. */
  AEDAT2_CIFAR10_DVS(aedat2(Aedat2Convention.CIFAR10_DVS)),
  /** AEDAT 2.0 of a DAVIS240, upright. */
  AEDAT2_DAVIS240(aedat2(Aedat2Convention.DAVIS240)),
  /** AEDAT 2.0 of a DAVIS346, upright. */
  AEDAT2_DAVIS346(aedat2(Aedat2Convention.DAVIS346)),
  /** AEDAT 3.1, the format of DVS128-Gesture. */
  AEDAT31(Aedat31Reader::read),
  /** AEDAT 4, packets uncompressed or compressed with LZ4 or zstd. */
  AEDAT4(Aedat4Reader::read),
  /** A sample of N-MNIST. */
  N_MNIST((in, sink) -> SaccadeReader.read(in, new Sensor(34, 34), sink)),
  /** A sample of N-Caltech101. */
  N_CALTECH101((in, sink) -> SaccadeReader.read(in, new Sensor(240, 180), sink));

  /** Where an AEDAT 2.0 file names its camera, among the first of many lines. */
  private static final int START_BYTES = 1 << 12;

  private final Reader reader;

  EventFormat(Reader reader) {
    this.reader = reader;
  }

  private interface Reader {
    void read(RecordingInput in, EventSink sink);
  }

  private static Reader aedat2(Aedat2Convention convention) {
    return (in, sink) -> Aedat2Reader.read(in, convention, sink);
  }

  /** The keys of all formats. */
  public static List<String> keys() {
    return EnumKey.all(values());
  }

  /**
   * The format with this key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EventFormat named(String key) {
    return EnumKey.find(values(), key)
        .orElseThrow(
            () -> new IllegalArgumentException(key + " is none of " + String.join(", ", keys())));
  }

  /** The name in configurations and on the command line. */
  public String key() {
    return EnumKey.of(this);
  }

  /**
   * The format of an AEDAT file by its first bytes, which stay to be read.
   *
   * @param in must support {@code mark}
   * @param file the file's name, for messages
   * @param aedat2 what to take AEDAT 2.0 for, unless the file names a DAVIS
   * @throws DataException if it is no AEDAT file of a version that can be read
   */
  public static EventFormat ofAedat(InputStream in, String file, Aedat2Convention aedat2)
      throws IOException {
    String start = start(in);
    if (start.startsWith(Aedat2Reader.MAGIC)) {
      return valueOf("AEDAT2_" + convention(start, aedat2));
    }
    if (start.startsWith(Aedat31Reader.MAGIC)) {
      return AEDAT31;
    }
    if (start.startsWith(Aedat4Reader.MAGIC)) {
      return AEDAT4;
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: offset 0: first bytes: expected \"%s\", \"%s\" or \"%s\", found %s",
            file,
            Aedat2Reader.MAGIC,
            Aedat31Reader.MAGIC,
            Aedat4Reader.MAGIC,
            ForeignFormat.described(start)));
  }

  /** A DAVIS has addresses of its own; of a DVS128 the file does not say how they are meant. */
  private static Aedat2Convention convention(String start, Aedat2Convention otherwise) {
    return start
        .lines()
        .filter(line -> line.startsWith(Aedat2Reader.CHIP))
        .findFirst()
        .flatMap(Camera::namedIn)
        .flatMap(Aedat2Convention::ofDavis)
        .orElse(otherwise);
  }

  private static String start(InputStream in) throws IOException {
    in.mark(START_BYTES);
    byte[] start = in.readNBytes(START_BYTES);
    in.reset();
    return new String(start, StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads a recording to the end of the stream, which it does not close, block by block: nothing
   * but the block at hand is in memory. A block of AEDAT 4 is one of the file's packets.
   *
   * @param file the file's name, for messages
   * @throws DataException if the file is of another format, truncated, damaged, without events or
   *     cannot be read, or if an event lies outside of the sensor or before the one in front of it:
   *     names the file, the offset, expected and found. The sink has then got the blocks before
   */
  public void read(InputStream in, String file, EventSink sink) {
    reader.read(new RecordingInput(in, file), sink);
  }

  /**
   * Reads a whole recording into memory.
   *
   * @throws DataException as {@link #read(InputStream, String, EventSink)} does
   * @throws org.qsnn.ConfigurationException if it does not fit
   */
  public Events read(InputStream in, String file) {
    RecordingCollector collector = new RecordingCollector(file);
    read(in, file, collector);
    return collector.events();
  }
}
