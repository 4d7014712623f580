package org.qsnn.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.qsnn.DataException;

/** The words behind the header of a RAW file of Prophesee's. */
final class EvtWords {
  /** What else they tell. */
  static final String TRIGGERS = "external triggers";

  static final String OTHER_WORDS = "words of other data";
  static final String BEFORE_TIME = "events before the first time";

  /** All that 11 bits of a coordinate can be. */
  private static final Sensor LARGEST = new Sensor(1 << 11, 1 << 11);

  private static final int WORDS = 16_384;

  private final RecordingInput in;
  private final EventBlocks blocks;
  private final EventFormat format;
  private final ByteOrder order;
  private final int wordBytes;

  private EvtWords(
      RecordingInput in, EventBlocks blocks, EventFormat format, ByteOrder order, int wordBytes) {
    this.in = in;
    this.blocks = blocks;
    this.format = format;
    this.order = order;
    this.wordBytes = wordBytes;
  }

  /**
   * Takes the header, which need not be there.
   *
   * @throws DataException if it names another encoding
   */
  static EvtWords of(RecordingInput in, EventFormat format, int wordBytes, EventBlocks blocks) {
    PropheseeHeader header = PropheseeHeader.read(in);
    String expected = format.name();
    String found = header.isDat() ? "a DAT file" : header.encoding().orElse(expected);
    if (!found.equals(expected)) {
      throw in.failure(0, "header", expected, RecordingInput.shown(found));
    }
    blocks.startOn(header.sensor(), LARGEST);
    return new EvtWords(in, blocks, format, header.order(), wordBytes);
  }

  /** Takes a word. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param at where the buffer has it
     * @param offset where the file has it
     */
    void take(ByteBuffer buffer, int at, long offset);
  }

  void forEach(Sink sink) {
    byte[] bytes = new byte[WORDS * wordBytes];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    for (int found = in.read(bytes); found > 0; found = in.read(bytes)) {
      long start = in.offset() - found;
      for (int at = 0; at + wordBytes <= found; at += wordBytes) {
        sink.take(buffer, at, start + at);
      }
      in.requireWhole(start, found, wordBytes);
    }
  }

  /**
   * Meets a word that the format does not have.
   *
   * @throws DataException if that is not tolerated
   */
  void unknownType(long offset, int type) {
    blocks.tolerate(
        "words of an unknown type, dropped",
        () ->
            in.failure(
                offset,
                "type of a word",
                "one of " + format.name(),
                String.format(Locale.ROOT, "0x%x", type)));
  }
}
