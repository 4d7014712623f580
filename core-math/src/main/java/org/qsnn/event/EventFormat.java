package org.qsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  /** AEDAT 2.0 of a DAVIS640, upright. */
  AEDAT2_DAVIS640(aedat2(Aedat2Convention.DAVIS640)),
  /** AEDAT 2.0 of a DVS640, upright. */
  AEDAT2_DVS640(aedat2(Aedat2Convention.DVS640)),
  /** AEDAT 3.1, the format of DVS128-Gesture. */
  AEDAT31(Aedat31Reader::read),
  /** AEDAT 4, packets uncompressed or compressed with LZ4 or zstd. */
  AEDAT4(Aedat4Reader::read),
  /** Prophesee's DAT, the format of N-CARS and GEN1. */
  DAT(DatReader::read),
  /** Prophesee's RAW, encoded as EVT 2.0. */
  EVT2(Evt2Reader::read),
  /** Prophesee's RAW, encoded as EVT 3.0. */
  EVT3(Evt3Reader::read),
  /** Text with a line for each event, below the names of the columns. */
  CSV(CsvReader::read),
  /** NumPy's arrays in a zip archive. */
  NPZ(NpzReader::read),
  /** A sample of N-MNIST. */
  N_MNIST((in, blocks) -> SaccadeReader.read(in, new Sensor(34, 34), blocks)),
  /** A sample of N-Caltech101. */
  N_CALTECH101((in, blocks) -> SaccadeReader.read(in, new Sensor(240, 180), blocks));

  /** How names of files end that say what they are, after the dot: a regular expression. */
  public static final String ENDINGS = "aedat[234]?|raw|dat|csv|npz";

  /** Where an AEDAT 2.0 file names its camera, among the first of many lines. */
  private static final int START_BYTES = 1 << 12;

  private static final String AEDAT = "#!AER-DAT";

  /** A local header of a zip archive whose first file is an array. */
  private static final Pattern NPZ_START =
      Pattern.compile("PK\u0003\u0004.{26}[^\u0000-\u001f]{1,255}?[.]npy", Pattern.DOTALL);

  private static final Pattern CSV_NAME = called("csv");
  private static final Pattern NAME = called(ENDINGS);

  private final Reader reader;

  EventFormat(Reader reader) {
    this.reader = reader;
  }

  private interface Reader {
    void read(RecordingInput in, EventBlocks blocks);
  }

  private static Pattern called(String endings) {
    return Pattern.compile(".*[.](" + endings + ")", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  private static Reader aedat2(Aedat2Convention convention) {
    return (in, blocks) -> Aedat2Reader.read(in, convention, blocks);
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
   * The format of a recording by its first bytes, which stay to be read.
   *
   * @param in must support {@code mark}
   * @param file the file's name, for messages
   * @param aedat2 what to take AEDAT 2.0 for, unless the file names a DAVIS or DVS640
   * @throws DataException if it is none of those that say what they are, AEDAT and Prophesee's
   */
  public static EventFormat of(InputStream in, String file, Aedat2Convention aedat2)
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
    if (start.startsWith(PropheseeHeader.LINE)) {
      return ofProphesee(start, file);
    }
    if (NPZ_START.matcher(start).lookingAt()) {
      return NPZ;
    }
    if (CSV_NAME.matcher(file).matches() && !start.isEmpty()) {
      return CSV;
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s: offset 0: first bytes: expected \"%s\", \"%s\", \"%s\" or a header of Prophesee's,"
                + " \"%%\", found %s",
            file,
            Aedat2Reader.MAGIC,
            Aedat31Reader.MAGIC,
            Aedat4Reader.MAGIC,
            ForeignFormat.described(start)));
  }

  private static EventFormat ofProphesee(String start, String file) {
    PropheseeHeader header = PropheseeHeader.of(start);
    if (header.isDat()) {
      return DAT;
    }
    return header
        .encoding()
        .flatMap(name -> Stream.of(EVT2, EVT3).filter(one -> one.name().equals(name)).findFirst())
        .orElseThrow(
            () ->
                new DataException(
                    String.format(
                        Locale.ROOT,
                        "%s: offset 0: header: expected a DAT file or EVT 2.0 or 3.0, found %s",
                        file,
                        header
                            .encoding()
                            .map(RecordingInput::shown)
                            .orElse("none of them named; inspect --recording names one"))));
  }

  /** Whether a file is called like one that says what it is, in either case. */
  public static boolean isNamed(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Whether a file begins like a recording that says what it is; its first bytes stay to be read.
   *
   * @param in must support {@code mark}
   */
  public static boolean isStarted(InputStream in) throws IOException {
    String start = start(in);
    return start.startsWith(AEDAT) || start.startsWith(PropheseeHeader.LINE);
  }

  /**
   * A DAVIS or DVS640 has addresses of its own; of a DVS128 the file does not say how they are
   * meant.
   */
  private static Aedat2Convention convention(String start, Aedat2Convention otherwise) {
    return start
        .lines()
        .filter(line -> line.startsWith(Aedat2Reader.CHIP))
        .findFirst()
        .flatMap(Camera::namedIn)
        .flatMap(Aedat2Convention::of)
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
    read(in, file, RecordingOptions.DEFAULT, sink);
  }

  /**
   * The same, with what a user says about recordings: events that are bad, and an end that is cut
   * off, are no failure where they are tolerated.
   *
   * @param options but for AEDAT 2.0, which the format says
   */
  public void read(InputStream in, String file, RecordingOptions options, EventSink sink) {
    RecordingInput input = new RecordingInput(in, file);
    EventBlocks blocks = new EventBlocks(input, options, sink);
    try {
      reader.read(input, blocks);
    } catch (TruncatedException e) {
      blocks.cutOff(e);
    }
    blocks.finish();
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
