package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.binary.PackedSums.OutputRows;
import org.qsnn.binary.PlaneCopies.Rows;
import org.qsnn.binary.RowSums.RowPair;
import org.qsnn.binary.TableSums.TableColumns;
import org.qsnn.tensor.RandomStream;

class PackedSumsTest {
  private static final PackedSums PLAIN = new PlainPackedSums();
  private static final PackedSums VECTORS = new VectorPackedSums();
  private static final int LANES = RowSums.best().lanes();

  /** One that the vectors and the plain loops must both have. */
  private interface Kernel {
    Object results(PackedSums sums);
  }

  static Stream<Kernel> kernels() {
    return Stream.of(
        sums -> copied(sums, 32),
        sums -> copied(sums, 24),
        sums -> copied(sums, 7),
        PackedSumsTest::tables,
        sums -> rowTable(sums, 4 * LANES),
        sums -> rowTable(sums, 3 * LANES),
        sums -> added(sums, 4 * LANES),
        sums -> added(sums, 3 * LANES),
        sums -> added(sums, TableSums.TILE),
        PackedSumsTest::unpacked);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void vectorsHaveTheBitsOfPlainLoops(Kernel kernel) {
    assertThat(kernel.results(VECTORS)).isEqualTo(kernel.results(PLAIN));
  }

  private static int[] copied(PackedSums sums, int length) {
    int[] y = new int[300];
    sums.copyRows(ints(300, 2), 3, y, 9, new Rows(5, length, length + 1, length + 4));
    return y;
  }

  private static int[] tables(PackedSums sums) {
    int[] table = new int[TableSums.LARGE_ENTRIES * 100];
    sums.largeTables(ints(1000, 3), table, new TableColumns(7, 150, 64, 11, 97));
    int[] small = new int[TableSums.SIGNED_ENTRIES * 100];
    sums.tables(ints(1000, 3), small, new TableColumns(7, 150, 64, 11, 97));
    return concatenated(table, small);
  }

  private static int[] rowTable(PackedSums sums, int width) {
    int[] masks = new int[2 * 66];
    Arrays.fill(masks, -1);
    masks[10] = 0;
    masks[66 + 9] = 0;
    int[] table = new int[5 + RowSums.ENTRIES * width];
    sums.table(ints(200, 4), new RowPair(3, 70, 2, width), masks, table, 5, width);
    return table;
  }

  private static int[] added(PackedSums kernel, int width) {
    int outputs = 3;
    int count = 12;
    int[] entries = new int[4 + outputs * (1 + count)];
    RandomStream random = RandomStream.of(7);
    for (int i = 0; i < entries.length; i++) {
      boolean isHead = i >= 4 && (i - 4) % (1 + count) == 0;
      entries[i] = random.nextInt(isHead ? count + 1 : 500);
    }
    int[] sums = ints(700, 8);
    OutputRows rows = new OutputRows(sums, 6, 70, outputs, width);
    kernel.add(ints(800, 9), 5, entries, 4, count, rows);
    return sums;
  }

  private static float[] unpacked(PackedSums kernel) {
    float[] both = new float[200];
    kernel.unpack(ints(90, 12), 3, 77, 0.5f, both, 5, 90);
    return both;
  }

  /** Of which sums of a few fit both halves. */
  static int[] ints(int length, long seed) {
    RandomStream random = RandomStream.of(seed);
    int[] values = new int[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextInt(511) - 255 + ((random.nextInt(511) - 255) << 16);
    }
    return values;
  }

  private static int[] concatenated(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 5", "32767, -32768", "-32768, 32767", "-255, -255"})
  void anIntHoldsTwoIntegersOfEitherSign(int low, int high) {
    int packed = low + (high << 16);
    assertThat(PackedSums.low(packed)).isEqualTo(low);
    assertThat(PackedSums.high(packed)).isEqualTo(high);
  }
}
