package org.qsnn.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.binary.GatherSums.GatheredRows;
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
        sums -> magnitudes(sums, 3 * LANES),
        sums -> magnitudes(sums, 36),
        PackedSumsTest::rounded,
        sums -> copied(sums, 32),
        sums -> copied(sums, 24),
        sums -> copied(sums, 7),
        PackedSumsTest::tables,
        sums -> rowTable(sums, 4 * LANES),
        sums -> rowTable(sums, 3 * LANES),
        sums -> added(sums, 4 * LANES),
        sums -> added(sums, 3 * LANES),
        sums -> added(sums, TableSums.TILE),
        sums -> gathered(sums, 1, 48),
        sums -> gathered(sums, 2, 16),
        sums -> gathered(sums, 3, 48),
        sums -> gathered(sums, 3, 16),
        PackedSumsTest::addedTo,
        PackedSumsTest::unpacked);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void vectorsHaveTheBitsOfPlainLoops(Kernel kernel) {
    assertThat(kernel.results(VECTORS)).isEqualTo(kernel.results(PLAIN));
  }

  private static float[] magnitudes(PackedSums kernel, int length) {
    RandomStream random = RandomStream.of(2);
    float[] x = new float[5 * length];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    float[] sums = new float[length + 3 + LANES];
    int[] largest = new int[LANES];
    float[] factors = {1, 0.5f, 4, 2};
    kernel.magnitudes(new PackedSums.Planes(x, 7, 4, length, factors), sums, 3, largest);
    for (int i = 0; i < LANES; i++) {
      sums[length + 3 + i] = Float.intBitsToFloat(largest[i]);
    }
    return sums;
  }

  private static int[] rounded(PackedSums sums) {
    RandomStream random = RandomStream.of(5);
    float[] x = new float[200];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() * 2 - 1;
    }
    int[] y = new int[110];
    sums.round(x, 3, 99, 77, 250, 42, y, 5);
    return y;
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

  private static int[] gathered(PackedSums kernel, int rows, int width) {
    RandomStream random = RandomStream.of(3);
    int[] places = new int[100];
    for (int i = 0; i < places.length; i++) {
      places[i] = random.nextInt(3000);
    }
    int[] sums = ints(200, 1);
    kernel.gather(ints(4000, 6), new GatheredRows(5, 230, rows, width), places, 2, 97, sums);
    return sums;
  }

  private static float[] addedTo(PackedSums kernel) {
    float[] sums = new float[100];
    sums[20] = 1;
    kernel.addTo(ints(48, 11), 48, 0.125f, sums, 3);
    return sums;
  }

  private static float[] unpacked(PackedSums kernel) {
    float[] both = new float[200];
    kernel.unpack(ints(90, 12), 3, 77, 0.5f, both, 5, 90);
    return both;
  }

  /** Of which sums of a few fit both halves. */
  private static int[] ints(int length, long seed) {
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

  @ParameterizedTest
  @ValueSource(floats = {0.25f, -0.25f, 3.7f, -100.9f})
  void roundsUpAsOftenAsTheFractionSays(float value) {
    int length = 100_000;
    float[] x = new float[length];
    Arrays.fill(x, value);
    int[] y = new int[length];
    PLAIN.round(x, 0, 0, length, 1, 1, y, 0);
    assertThat(Arrays.stream(y).map(PackedSums::low).average().orElseThrow())
        .isCloseTo((double) value, within(0.006));
    assertThat(Arrays.stream(y).map(PackedSums::high).average().orElseThrow())
        .isCloseTo((double) value, within(0.006));
    assertThat(Arrays.stream(y).map(PackedSums::low).distinct().boxed())
        .containsExactlyInAnyOrder((int) Math.floor(value), (int) Math.floor(value) + 1);
  }

  @Test
  void integersStayWhatTheyAre() {
    float[] x = {-254, -1, 0, 1, 254};
    int[] y = new int[5];
    PLAIN.round(x, 0, 0, 5, 1, 7, y, 0);
    assertThat(Arrays.stream(y).map(PackedSums::low)).containsExactly(-254, -1, 0, 1, 254);
    assertThat(Arrays.stream(y).map(PackedSums::high)).containsExactly(-254, -1, 0, 1, 254);
  }
}
