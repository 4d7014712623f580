package org.qsnn.event;

import java.nio.ByteBuffer;

/**
 * Prophesee's RAW files in EVT 2.0 (<a
 * href="https://docs.prophesee.ai/stable/data/encoding_formats/evt2.html">docs.prophesee.ai</a>): a
 * header, then words of 32 bits whose upper four are a type. Pixels' events have the lower 6 bits
 * of their timestamp in µs; the 28 bits above come in words of their own and go on from 0 after
 * four and three quarter hours. Events before the first of these have no time.
 */
final class Evt2Reader {
  private static final int CD_OFF = 0x0;
  private static final int CD_ON = 0x1;
  private static final int TIME_HIGH = 0x8;
  private static final int EXTERNAL_TRIGGER = 0xA;
  private static final int OTHERS = 0xE;
  private static final int CONTINUED = 0xF;

  private static final int LOW_BITS = 6;
  private static final long WRAP = 1L << 34;
  private static final long UNKNOWN = -1;

  private final EvtWords words;
  private final EventBlocks blocks;
  private final EventColumns columns;
  private long high = UNKNOWN;
  private long wrapped;

  private Evt2Reader(EvtWords words, EventBlocks blocks) {
    this.words = words;
    this.blocks = blocks;
    this.columns = blocks.columns();
  }

  static void read(RecordingInput in, EventBlocks blocks) {
    EvtWords words = EvtWords.of(in, EventFormat.EVT2, Integer.BYTES, blocks);
    words.forEach(new Evt2Reader(words, blocks)::take);
  }

  private void take(ByteBuffer buffer, int at, long offset) {
    int word = buffer.getInt(at);
    switch (word >>> 28) {
      case CD_OFF -> event(word, false, offset);
      case CD_ON -> event(word, true, offset);
      case TIME_HIGH -> time((long) (word & 0x0FFF_FFFF) << LOW_BITS);
      case EXTERNAL_TRIGGER -> blocks.passOver(EvtWords.TRIGGERS, 1);
      case OTHERS, CONTINUED -> blocks.passOver(EvtWords.OTHER_WORDS, 1);
      default -> words.unknownType(offset, word >>> 28);
    }
  }

  private void time(long next) {
    if (high - next > WRAP / 2) {
      wrapped += WRAP;
    }
    high = next;
  }

  private void event(int word, boolean on, long offset) {
    if (high == UNKNOWN) {
      blocks.passOver(EvtWords.BEFORE_TIME, 1);
    } else {
      long timestamp = wrapped + high + (word >>> 22 & (1 << LOW_BITS) - 1);
      columns.append(timestamp, word >>> 11 & 0x7FF, word & 0x7FF, on, offset);
    }
  }
}
