package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitTensorTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 3, 3", "3, 2, 6", "2, 2, 8", "1, 5, 9", "2, 2, 32"})
  void keepsWhatIsPutIn(int images, int channels, int size) {
    float[] values = values(images * channels * size * size);
    BitTensor tensor = BitTensor.of(values, images, channels, size, size);
    assertThat(tensor.toArray()).isEqualTo(values);
    assertThat(tensor.size()).isEqualTo(values.length);
    float ones = 0;
    for (float value : values) {
      ones += value;
    }
    assertThat(tensor.count(0, images * channels)).isEqualTo((long) ones);
  }

  private static float[] values(int size) {
    RandomStream random = RandomStream.of(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(3) == 0 ? 1 : 0;
    }
    return values;
  }

  @Test
  void planesAreReadByThemselves() {
    float[] values = values(4 * 25);
    BitTensor tensor = BitTensor.of(values, 2, 2, 5, 5);
    float[] target = new float[53];
    Arrays.fill(target, -1f);
    tensor.read(25, target, 2, 50);
    assertThat(Arrays.copyOfRange(target, 2, 52)).isEqualTo(Arrays.copyOfRange(values, 25, 75));
    assertThat(target[1]).isEqualTo(-1f);
    assertThat(target[52]).isEqualTo(-1f);
    assertThat(tensor.count(1, 2)).isEqualTo(tensor.count(1, 1) + tensor.count(2, 1));
  }

  @Test
  void bitsAreReadFromAnyBitOn() {
    float[] values = values(100);
    BitTensor tensor = BitTensor.of(values, 1, 1, 10, 10);
    for (int first = 0; first < 100; first++) {
      int found = BitTensor.bitsFrom(tensor.words(), 0, first);
      for (int i = 0; i < Math.min(32, 100 - first); i++) {
        assertThat(found >> i & 1).isEqualTo((int) values[first + i]);
      }
    }
  }

  @Test
  void refusesWhatIsNoSpike() {
    assertThatThrownBy(() -> BitTensor.of(new float[] {0, 0.5f}, 1, 1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BitTensor[1, 1, 2, 1]: expected 0 or 1, found 0.5");
    assertThatThrownBy(() -> BitTensor.of(new float[3], 1, 1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BitTensor[1, 1, 2, 1]: expected 2 values, found 3");
  }

  @Test
  void aShardIsAPartOfTheSameMemory() {
    BitTensor tensor = BitTensor.of(new float[] {1, 0, 0, 1, 1, 1, 0, 1}, 4, 1, 1, 2);

    BitTensor second = tensor.ofShard(1, 2);

    assertThat(second.toArray()).containsExactly(1, 1, 0, 1);
    assertThat(second.shape()).containsExactly(2, 1, 1, 2);
    assertThat(second.words()).isSameAs(tensor.words());
    assertThat(second.count(1, 1)).isEqualTo(1);
    assertThat(second.words()[second.silentWord()]).isZero();
  }
}
