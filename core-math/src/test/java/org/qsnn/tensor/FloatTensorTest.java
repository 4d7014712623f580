package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FloatTensorTest {
  @Test
  void operatorsAndKernelsSeeTheSameMemory() {
    FloatTensor tensor = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertThat(tensor.array().getFloat(1, 2)).isEqualTo(6f);
    tensor.array().putScalar(new int[] {0, 1}, 7f);
    float[] part = new float[4];
    tensor.read(1, part, 2, 2);
    assertThat(part).containsExactly(0f, 0f, 7f, 3f);
    tensor.write(3, new float[] {0f, 8f}, 1, 1);
    assertThat(tensor.array().getFloat(1, 0)).isEqualTo(8f);
    assertThat(tensor.toArray()).containsExactly(1, 7, 3, 8, 5, 6);
  }

  @Test
  void reshapedTensorIsTheSameMemory() {
    FloatTensor tensor = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    FloatTensor reshaped = tensor.reshape(3, 2);
    assertThat(reshaped.shape()).containsExactly(3, 2);
    assertThat(reshaped.array().getFloat(1, 0)).isEqualTo(3f);
    reshaped.array().putScalar(new int[] {2, 1}, 9f);
    assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 9);
  }

  @Test
  void refusesAShapeOfAnotherSize() {
    assertThatThrownBy(() -> FloatTensor.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("FloatTensor[2, 3]: expected 6 values, found 5");
    assertThatThrownBy(() -> FloatTensor.of(new float[7], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("FloatTensor[2, 3]: expected 6 values, found 7");
    FloatTensor tensor = FloatTensor.allocate(2, 3);
    assertThatThrownBy(() -> tensor.reshape(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("FloatTensor[2, 3] has no shape [2, 2]: expected 6 values, found 4");
  }

  @Test
  void refusesMoreThanABufferCanAddress() {
    assertThatThrownBy(() -> FloatTensor.allocate(1 << 15, 1 << 15))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[32768, 32768] exceeds 2 GB");
  }

  @Test
  void shapeCannotBeChangedFromOutside() {
    int[] shape = {2, 3};
    FloatTensor tensor = FloatTensor.allocate(shape);
    shape[0] = 9;
    tensor.shape()[1] = 9;
    assertThat(tensor.shape()).containsExactly(2, 3);
    assertThat(tensor.dimension(1)).isEqualTo(3);
    assertThat(tensor).hasToString("FloatTensor[2, 3]");
  }

  @Test
  void closingTwiceIsHarmless() {
    FloatTensor tensor = FloatTensor.allocate(4);
    tensor.close();
    tensor.close();
    assertThat(tensor.array().wasClosed()).isTrue();
  }

  @Test
  void aShardIsAPartOfTheSameMemory() {
    FloatTensor tensor = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 1, 1, 2);

    FloatTensor second = tensor.ofShard(1, 2);
    second.write(2, new float[] {9}, 0, 1);

    assertThat(second.shape()).containsExactly(2, 1, 1, 2);
    assertThat(second.array().sumNumber().intValue()).isEqualTo(5 + 6 + 9 + 8);
    assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4, 5, 6, 9, 8);
    assertThat(second.isPart()).isTrue();
    assertThat(tensor.isPart()).isFalse();
  }
}
