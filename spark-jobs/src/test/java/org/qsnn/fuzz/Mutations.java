package org.qsnn.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.qsnn.tensor.RandomStream;

/** Damages files: as disks, networks and cut-off writers do, and as somebody hostile would. */
final class Mutations {
  private static final int MOST_AT_ONCE = 4;
  private static final int LONGEST_CHUNK = 256;
  private static final int MOST_COPIES = 32;
  private static final int DEEPEST = 10_000;
  private static final int LARGEST = 1 << 17;

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    32767,
    65535,
    1 << 20,
    1 << 28,
    Integer.MAX_VALUE - 8,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 47,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-0",
          "-0.0",
          "NaN",
          "1e999",
          "-1e999",
          "1e-400",
          "0x10",
          "1_000",
          "007",
          "2147483647",
          "-2147483649",
          "9223372036854775807",
          "99999999999999999999",
          "1e99999999999",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u001b[2J\"",
          "\"../../x\"",
          "[]",
          "{}",
          "[null]",
          "[[[]]]",
          "{\"a\":null}",
          "[{}]",
          "\"1\"",
          "${x}",
          "${?x}",
          "a\tb",
          "'",
          "//",
          "\"\"\"");

  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,20}(\\.\\d{1,20})?([eE][+-]?\\d{1,5})?");
  private static final Pattern VALUE = Pattern.compile("(?<=[:=,\\[])[^:=,\\[\\]{}\\n]{1,200}");
  private static final Pattern FIELD =
      Pattern.compile("\"?[\\w.-]{1,60}\"? {0,3}[:=][^,{}\\n]{1,200}[,\\n]?");

  private final RandomStream random;
  private final List<byte[]> seeds;

  private Mutations(List<byte[]> seeds, RandomStream random) {
    this.seeds = seeds;
    this.random = random;
  }

  /** One of the seeds, damaged up to four times. */
  static byte[] mutated(List<byte[]> seeds, RandomStream random) {
    Mutations mutations = new Mutations(seeds, random);
    byte[] bytes = mutations.seed().clone();
    for (int i = 1 + random.nextInt(MOST_AT_ONCE); i > 0 && bytes.length < LARGEST; i--) {
      bytes = mutations.mutated(bytes);
    }
    return bytes;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] mutated(byte[] bytes) {
    return switch (random.nextInt(12)) {
      case 0 -> flipped(bytes);
      case 1 -> Arrays.copyOf(bytes, at(bytes));
      case 2 -> spliced(bytes, at(bytes), bytes, at(bytes));
      case 3 -> spliced(bytes, at(bytes), seed(), at(seed()));
      case 4 -> inserted(bytes, at(bytes), noise());
      case 5 -> inserted(bytes, at(bytes), repeated(chunk(bytes), 1 + random.nextInt(MOST_COPIES)));
      case 6, 7 -> withNumber(bytes);
      case 8 -> replaced(bytes, NUMBER, one(VALUES));
      case 9 -> replaced(bytes, VALUE, one(VALUES));
      case 10 -> withFieldTwice(bytes);
      default -> nested(bytes);
    };
  }

  private byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    for (int i = random.nextInt(8); i >= 0 && bytes.length > 0; i--) {
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  /** A field of some width and byte order, as lengths and counts are. */
  private byte[] withNumber(byte[] bytes) {
    byte[] number =
        ByteBuffer.allocate(Long.BYTES)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
            .putLong(NUMBERS[random.nextInt(NUMBERS.length)])
            .array();
    byte[] changed = bytes.clone();
    int width = Math.min(bytes.length, 1 << random.nextInt(4));
    // Most lengths are near the start.
    int most = bytes.length - width + 1;
    int to = random.nextInt(random.nextBoolean() ? most : Math.min(most, 128));
    System.arraycopy(number, random.nextBoolean() ? 0 : Long.BYTES - width, changed, to, width);
    return changed;
  }

  private byte[] replaced(byte[] bytes, Pattern what, String by) {
    MatchResult match = anyMatch(bytes, what);
    return match == null
        ? flipped(bytes)
        : spliced(
            spliced(bytes, match.start(), by.getBytes(ISO_8859_1), 0),
            match.start() + by.length(),
            bytes,
            match.end());
  }

  private byte[] withFieldTwice(byte[] bytes) {
    MatchResult match = anyMatch(bytes, FIELD);
    return match == null
        ? flipped(bytes)
        : inserted(bytes, match.end(), Arrays.copyOfRange(bytes, match.start(), match.end()));
  }

  /** Opened very often, closed as often or never. */
  private byte[] nested(byte[] bytes) {
    List<String> pair = List.of("[]", "{}", "()", "a.", "{\"a\":}", "<a></a>");
    String both = one(pair);
    int depth = 1 + random.nextInt(DEEPEST);
    byte[] open = repeated(both.substring(0, (both.length() + 1) / 2).getBytes(ISO_8859_1), depth);
    byte[] close = repeated(both.substring((both.length() + 1) / 2).getBytes(ISO_8859_1), depth);
    MatchResult match = anyMatch(bytes, VALUE);
    int at = match == null ? at(bytes) : match.start();
    byte[] opened = inserted(bytes, at, open);
    return random.nextBoolean() ? opened : inserted(opened, at + open.length, close);
  }

  /** A match behind some position, else the first one. */
  private MatchResult anyMatch(byte[] bytes, Pattern what) {
    var matcher = what.matcher(new String(bytes, ISO_8859_1));
    boolean isFound = matcher.find(at(bytes)) || matcher.find(0);
    return isFound ? matcher.toMatchResult() : null;
  }

  private int at(byte[] bytes) {
    return random.nextInt(bytes.length + 1);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(16)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) random.nextInt(256);
    }
    return noise;
  }

  private byte[] chunk(byte[] bytes) {
    int from = at(bytes);
    return Arrays.copyOfRange(
        bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(LONGEST_CHUNK)));
  }

  private static byte[] repeated(byte[] bytes, int times) {
    byte[] repeated = new byte[bytes.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(bytes, 0, repeated, i * bytes.length, bytes.length);
    }
    return repeated;
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] what) {
    return spliced(spliced(bytes, at, what, 0), at + what.length, bytes, at);
  }

  /** The start of one and the end of another. */
  private static byte[] spliced(byte[] start, int to, byte[] end, int from) {
    int behind = end.length - Math.min(from, end.length);
    byte[] spliced = Arrays.copyOf(start, to + behind);
    System.arraycopy(end, end.length - behind, spliced, to, behind);
    return spliced;
  }
}
