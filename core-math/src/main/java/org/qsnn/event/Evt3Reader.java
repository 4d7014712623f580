package org.qsnn.event;

import java.nio.ByteBuffer;

/**
 * Prophesee's RAW files in EVT 3.0 (<a
 * href="https://docs.prophesee.ai/stable/data/encoding_formats/evt3.html">docs.prophesee.ai</a>): a
 * header, then words of 16 bits whose upper four are a type. A word tells only what changes: the
 * row, the upper or lower 12 bits of the time in µs, a pixel's column and polarity, or which pixels
 * of a vector of 12 or 8 from a base column on. The time goes on from 0 after 16.8 seconds. Events
 * before the first time or the first row have none.
 */
final class Evt3Reader {
  private static final int ADDRESS_Y = 0x0;
  private static final int ADDRESS_X = 0x2;
  private static final int VECTOR_BASE_X = 0x3;
  private static final int VECTOR_12 = 0x4;
  private static final int VECTOR_8 = 0x5;
  private static final int TIME_LOW = 0x6;
  private static final int CONTINUED_4 = 0x7;
  private static final int TIME_HIGH = 0x8;
  private static final int EXTERNAL_TRIGGER = 0xA;
  private static final int OTHERS = 0xE;
  private static final int CONTINUED_12 = 0xF;

  private static final int COORDINATE = 0x7FF;
  private static final int POLARITY = 1 << 11;
  private static final int TIME_BITS = 12;
  private static final long WRAP = 1L << (2 * TIME_BITS);
  private static final long UNKNOWN = -1;

  private final EvtWords words;
  private final EventBlocks blocks;
  private final EventColumns columns;
  private long high = UNKNOWN;
  private long low;
  private long wrapped;
  private int y = (int) UNKNOWN;
  private int base;
  private boolean isBaseOn;

  private Evt3Reader(EvtWords words, EventBlocks blocks) {
    this.words = words;
    this.blocks = blocks;
    this.columns = blocks.columns();
  }

  static void read(RecordingInput in, EventBlocks blocks) {
    EvtWords words = EvtWords.of(in, EventFormat.EVT3, Short.BYTES, blocks);
    words.forEach(new Evt3Reader(words, blocks)::take);
  }

  private void take(ByteBuffer buffer, int at, long offset) {
    int word = buffer.getShort(at) & 0xFFFF;
    int value = word & 0xFFF;
    switch (word >>> 12) {
      case ADDRESS_Y -> y = value & COORDINATE;
      case ADDRESS_X -> event(value & COORDINATE, (value & POLARITY) != 0, offset);
      case VECTOR_BASE_X -> {
        base = value & COORDINATE;
        isBaseOn = (value & POLARITY) != 0;
      }
      case VECTOR_12 -> vector(value, 12, offset);
      case VECTOR_8 -> vector(value & 0xFF, 8, offset);
      case TIME_LOW -> low = value;
      case TIME_HIGH -> time((long) value << TIME_BITS);
      case EXTERNAL_TRIGGER -> blocks.passOver(EvtWords.TRIGGERS, 1);
      case CONTINUED_4, OTHERS, CONTINUED_12 -> blocks.passOver(EvtWords.OTHER_WORDS, 1);
      default -> words.unknownType(offset, word >>> 12);
    }
  }

  /** The lower bits are those of the time before, until they are told again. */
  private void time(long next) {
    if (next != high) {
      low = 0;
    }
    if (high - next > WRAP / 2) {
      wrapped += WRAP;
    }
    high = next;
  }

  private void event(int x, boolean on, long offset) {
    if (high == UNKNOWN) {
      blocks.passOver(EvtWords.BEFORE_TIME, 1);
    } else if (y < 0) {
      blocks.passOver("events before the first row", 1);
    } else {
      columns.append(wrapped + high + low, x, y, on, offset);
    }
  }

  /** The base moves on with each vector; beyond all sensors it stays. */
  private void vector(int pixels, int length, long offset) {
    for (int left = pixels; left != 0; left &= left - 1) {
      event(base + Integer.numberOfTrailingZeros(left), isBaseOn, offset);
    }
    base = Math.min(base + length, 2 * COORDINATE);
  }
}
