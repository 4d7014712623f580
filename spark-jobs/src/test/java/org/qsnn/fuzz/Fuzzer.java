package org.qsnn.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.qsnn.QsnnException;
import org.qsnn.tensor.RandomStream;

/**
 * Feeds damaged inputs to a reader. It fails where the reader throws anything but what it
 * documents, says it in more than one printable line, takes a damaged file that it could know to be
 * damaged, or needs too much time or memory. The message has seed and index of an input: {@code
 * Fuzzer.input(reader, seed, index)} makes it again.
 */
final class Fuzzer {
  private static final double MAX_SECONDS = 2;
  private static final long MAX_ALLOCATED = 512L << 20;
  private static final int MAX_MESSAGE = 4096;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FuzzedReader reader;
  private final long seed;

  /** The first input of each failure, by its kind. */
  private final Map<String, String> failures = new LinkedHashMap<>();

  private Fuzzer(FuzzedReader reader, long seed) {
    this.reader = reader;
    this.seed = seed;
  }

  /** Feeds so many inputs; all kinds of failures are told at the end. */
  static void run(FuzzedReader reader, long seed, int inputs) {
    Fuzzer fuzzer = new Fuzzer(reader, seed);
    reader.seeds().forEach(fuzzer::requireTaken);
    for (int index = 0; index < inputs; index++) {
      fuzzer.feed(index);
    }
    fuzzer.report();
  }

  static byte[] input(FuzzedReader reader, long seed, int index) {
    RandomStream random = RandomStream.of(seed, reader.name().hashCode(), index);
    return Mutations.mutated(reader.seeds(), random);
  }

  private void requireTaken(byte[] input) {
    try {
      reader.reading().read(input);
    } catch (Exception e) {
      throw new AssertionError(reader + ": expected a good seed to be taken", e);
    }
  }

  private void feed(int index) {
    byte[] input = input(reader, seed, index);
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    // Of this thread: other processes may have the machine.
    long nanos = THREADS.getCurrentThreadCpuTime();
    read(input, index);
    double seconds = (THREADS.getCurrentThreadCpuTime() - nanos) / 1e9;
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    if (seconds > MAX_SECONDS) {
      fail("time", index, String.format(Locale.ROOT, "took %.1f s", seconds));
    }
    if (allocated > MAX_ALLOCATED) {
      fail("memory", index, String.format(Locale.ROOT, "allocated %d MB", allocated >> 20));
    }
  }

  private void read(byte[] input, int index) {
    try {
      reader.reading().read(input);
      boolean isIntact = reader.seeds().stream().anyMatch(seed -> Arrays.equals(seed, input));
      if (reader.isChecksummed() && !isIntact) {
        fail("damage", index, "took a damaged file");
      }
    } catch (QsnnException e) {
      checkMessage(e.getMessage(), index);
    } catch (Exception | Error e) {
      String place = place(e);
      fail(e.getClass() + place, index, "threw " + e + place);
    }
  }

  private void checkMessage(String message, int index) {
    if (message.length() > MAX_MESSAGE) {
      fail("length", index, "said " + message.length() + " characters");
    }
    if (message.codePoints().anyMatch(Character::isISOControl)) {
      fail("control", index, "said what a terminal obeys: " + message.replaceAll("\\p{Cc}", "?"));
    }
  }

  private void fail(String kind, int index, String what) {
    failures.putIfAbsent(kind, "\n  input " + index + ": " + what);
  }

  private static String place(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("org.qsnn"))
        .limit(3)
        .map(frame -> " at " + frame)
        .collect(Collectors.joining());
  }

  private void report() {
    if (!failures.isEmpty()) {
      throw new AssertionError(reader + ", seed " + seed + String.join("", failures.values()));
    }
  }
}
