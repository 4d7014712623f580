package org.qsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;

/** Files of event cameras that can be read. */
public enum EventFormat {
  /** AEDAT 2.0 of a DVS128, x and y as the camera counts them. */
  AEDAT2_DVS128((in, sink) -> Aedat2Reader.read(in, Aedat2Convention.DVS128, sink)),
  /** AEDAT 2.0 of a DVS128, turned as the published readers of CIFAR10-DVS do. */
  AEDAT2_CIFAR10_DVS((in, sink) -> Aedat2Reader.read(in, Aedat2Convention.CIFAR10_DVS, sink)),
  /** AEDAT 3.1, the format of DVS128-Gesture. */
  AEDAT31(Aedat31Reader::read),
  /** AEDAT 4, packets uncompressed or compressed with LZ4 or zstd. */
  AEDAT4(Aedat4Reader::read),
  /** A sample of N-MNIST. */
  N_MNIST((in, sink) -> SaccadeReader.read(in, new Sensor(34, 34), sink)),
  /** A sample of N-Caltech101. */
  N_CALTECH101((in, sink) -> SaccadeReader.read(in, new Sensor(240, 180), sink));

  private static final int MAGIC_BYTES = Aedat2Reader.MAGIC.length();

  private final Reader reader;

  EventFormat(Reader reader) {
    this.reader = reader;
  }

  private interface Reader {
    void read(RecordingInput in, EventSink sink);
  }

  /** The keys of all formats. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(EventFormat::key).toList();
  }

  /**
   * The format with this key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EventFormat named(String key) {
    return Arrays.stream(values())
        .filter(format -> format.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(key + " is none of " + String.join(", ", keys())));
  }

  /** The name in configurations and on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The format of an AEDAT file by its first bytes, which stay to be read.
   *
   * @param in must support {@code mark}
   * @param file the file's name, for messages
   * @param aedat2 what to take AEDAT 2.0 for; the file does not say
   * @throws DataException if it is no AEDAT file of a version that can be read
   */
  public static EventFormat ofAedat(InputStream in, String file, Aedat2Convention aedat2)
      throws IOException {
    String start = start(in);
    return switch (start) {
      case Aedat2Reader.MAGIC ->
          aedat2 == Aedat2Convention.DVS128 ? AEDAT2_DVS128 : AEDAT2_CIFAR10_DVS;
      case Aedat31Reader.MAGIC -> AEDAT31;
      case Aedat4Reader.MAGIC -> AEDAT4;
      default ->
          throw new DataException(
              "%s: offset 0: first bytes: expected \"%s\", \"%s\" or \"%s\", found %s"
                  .formatted(
                      file,
                      Aedat2Reader.MAGIC,
                      Aedat31Reader.MAGIC,
                      Aedat4Reader.MAGIC,
                      RecordingInput.shown(start)));
    };
  }

  private static String start(InputStream in) throws IOException {
    in.mark(MAGIC_BYTES);
    byte[] start = in.readNBytes(MAGIC_BYTES);
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
   */
  public Events read(InputStream in, String file) {
    List<Events> blocks = new ArrayList<>();
    read(in, file, blocks::add);
    return Events.concatenated(blocks);
  }
}
