package org.qsnn.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.qsnn.ConfigurationException;
import org.qsnn.deploy.IntegerBranch;
import org.qsnn.deploy.IntegerLayer;
import org.qsnn.deploy.IntegerMembrane;

/** The constants of a C program, and the bytes that they take where a pointer has 32 bits. */
final class CTables {
  /** Of {@code qsnn_layer} and {@code qsnn_membrane}, see {@code declarations.c}. */
  private static final int LAYER_BYTES = 120;

  private static final int MEMBRANE_BYTES = 16;

  private static final int PER_LINE = 12;

  private final StringBuilder text = new StringBuilder();
  private long bytes;

  /** Bytes of all constants so far. */
  long bytes() {
    return bytes;
  }

  /** Takes the entry of a layer into account, which stands in a table of its own. */
  void countLayer() {
    bytes += LAYER_BYTES;
  }

  String text() {
    return text.toString();
  }

  void bytes(String name, byte[] values) {
    array("int8_t", 1, name, values.length, i -> Integer.toString(values[i]));
  }

  void shorts(String name, short[] values) {
    array("int16_t", 2, name, values.length, i -> Integer.toString(values[i]));
  }

  void ints(String name, int[] values) {
    array("int32_t", 4, name, values.length, i -> signed(values[i]));
  }

  void words(String name, int[] values) {
    array(
        "uint32_t", 4, name, values.length, i -> String.format(Locale.ROOT, "0x%08xUL", values[i]));
  }

  void longs(String name, long[] values) {
    array("int64_t", 8, name, values.length, i -> "INT64_C(" + values[i] + ")");
  }

  private static String signed(int value) {
    return "INT32_C(" + value + ")";
  }

  private void array(String type, int size, String name, int length, IntFunction<String> value) {
    bytes += (long) size * length;
    text.append("static const ").append(type).append(' ').append(name);
    text.append('[').append(length).append("] QSNN_PROGMEM = {");
    for (int i = 0; i < length; i++) {
      text.append(i % PER_LINE == 0 ? "\n  " : " ").append(value.apply(i)).append(',');
    }
    text.append("\n};\n");
  }

  /** Numbers as {@code mantissa · 2^shift}: {@code name} and {@code name_shift}. */
  void scaled(String what, String name, long[] values) {
    int[] mantissas = new int[values.length];
    byte[] shifts = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int shift = values[i] == 0 ? 0 : Long.numberOfTrailingZeros(values[i]);
      mantissas[i] = fitting(what, values[i] >> shift);
      shifts[i] = (byte) shift;
    }
    ints(name, mantissas);
    array("uint8_t", 1, name + "_shift", shifts.length, i -> Integer.toString(shifts[i]));
  }

  private static int fitting(String what, long mantissa) {
    if (mantissa != (int) mantissa) {
      throw new ConfigurationException(
          what + ": must be a number of at most 31 significant bits; found " + mantissa);
    }
    return (int) mantissa;
  }

  /** {@code [out, words]}: bit i of an output is that of tap i / in and channel i % in. */
  void signs(String name, IntegerBranch branch) {
    int in = branch.inChannels();
    int taps = branch.kernel() * branch.kernel();
    int perOutput = ArenaPlan.patchBits(branch);
    int outputs = branch.factors().length;
    int[] words = new int[outputs * perOutput];
    for (int i = 0; i < outputs * in * taps; i++) {
      int out = i / (in * taps);
      int bit = i % taps * in + i / taps % in;
      words[out * perOutput + (bit >> 5)] |= (branch.isPlus(i) ? 1 : 0) << bit;
    }
    words(name, words);
  }

  /** Whether what a membrane carries needs more than 32 bits beside a shift. */
  static boolean isWide(IntegerMembrane membrane) {
    long all = LongStream.of(membrane.carried()).map(Math::abs).reduce(0, (a, b) -> a | b);
    return all != 0 && all >>> Long.numberOfTrailingZeros(all) > 0xFFFFFFFFL;
  }

  /**
   * The membranes of a layer: its tables, and the array that names them.
   *
   * @param isWide whether numbers have 64 bits
   */
  void membranes(String name, IntegerLayer layer, boolean isWide) {
    StringBuilder entries = new StringBuilder();
    bytes += (long) MEMBRANE_BYTES * layer.membranes().size();
    for (int t = 0; t < layer.membranes().size(); t++) {
      IntegerMembrane membrane = layer.membranes().get(t);
      String at = name + "_" + t;
      long[] carried =
          Arrays.copyOfRange(membrane.carried(), membrane.levels() + 1, 2 * membrane.levels() + 1);
      long all = LongStream.of(carried).reduce(0, (a, b) -> a | b);
      int shift = all == 0 ? 0 : Long.numberOfTrailingZeros(all);
      long[] shifted = LongStream.of(carried).map(units -> units >> shift).toArray();
      if (isWide) {
        longs(at + "_carried", shifted);
      } else {
        words(at + "_carried", LongStream.of(shifted).mapToInt(units -> (int) units).toArray());
      }
      ints(at + "_boundaries", membrane.boundaries());
      int spans = membrane.spans().length / 3;
      if (spans > 0) {
        ints(at + "_spans", membrane.spans());
      }
      entries.append(
          String.format(
              Locale.ROOT,
              "  {%s_carried, %s_boundaries, %s, %d, %d, %d},\n",
              at,
              at,
              spans > 0 ? at + "_spans" : "(const int32_t *)0",
              spans,
              shift,
              membrane.levels()));
    }
    if (!layer.membranes().isEmpty()) {
      text.append("static const qsnn_membrane ").append(name).append("[] = {\n");
      text.append(entries).append("};\n");
    }
  }
}
