package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class WorkspaceTest {
  private enum Role {
    A,
    B
  }

  private enum OtherRole {
    A
  }

  private final Workspace workspace = new Workspace();

  @Test
  void namedTensorKeepsItsPlaceAndValues() {
    FloatTensor first = workspace.tensor(Role.A, "layer", 2, 3);
    first.array().putScalar(0, 5f);
    assertThat(workspace.tensor(Role.A, "layer", 2, 3)).isSameAs(first);
    assertThat(workspace.tensor(Role.A, "layer", 2, 3).toArray()[0]).isEqualTo(5f);
    assertThat(workspace.tensor(Role.B, "layer", 2, 3)).isNotSameAs(first);
    assertThat(workspace.bytes()).isEqualTo(2 * 6 * Float.BYTES);
  }

  @Test
  void namedTensorOfAnotherShapeReplacesAndFreesTheFormer() {
    FloatTensor former = workspace.tensor(Role.A, "layer", 4);
    assertThat(workspace.tensor(Role.A, "layer", 8).shape()).containsExactly(8);
    assertThat(former.array().wasClosed()).isTrue();
    assertThat(workspace.bytes()).isEqualTo(8 * Float.BYTES);
  }

  @Test
  void namedBitsKeepTheirPlace() {
    BitTensor first = workspace.bits(Role.A, "layer", 1, 2, 3, 3);
    assertThat(workspace.bits(Role.A, "layer", 1, 2, 3, 3)).isSameAs(first);
    assertThat(workspace.bits(Role.B, "layer", 1, 2, 3, 3)).isNotSameAs(first);
    assertThat(workspace.bits(Role.A, "layer", 1, 2, 4, 4).shape()).containsExactly(1, 2, 4, 4);
  }

  @Test
  void rolesOfOneNameAndRolesOfTwoLayersHavePlacesOfTheirOwn() {
    assertThat(workspace.tensor(Role.A, "layer", 4))
        .isNotSameAs(workspace.tensor(OtherRole.A, "layer", 4))
        .isNotSameAs(workspace.tensor(Role.A, "other layer", 4));
    assertThat(workspace.bits(Role.A, "layer", 1, 1, 2, 2))
        .isNotSameAs(workspace.bits(OtherRole.A, "layer", 1, 1, 2, 2));
    assertThat(workspace.floats(Role.A, 4)).isNotSameAs(workspace.floats(OtherRole.A, 4));
    assertThat(workspace.ints(Role.A, 4)).isNotSameAs(workspace.ints(OtherRole.A, 4));
  }

  @Test
  void arrayOfARoleIsUsedAgainWhileItIsLongEnough() {
    float[] first = workspace.floats(Role.A, 4);
    assertThat(workspace.floats(Role.A, 3)).isSameAs(first);
    assertThat(workspace.floats(Role.A, 5)).hasSize(5);
  }

  @Test
  void scratchIsNeverInTwoHands() {
    FloatTensor first = filled(workspace.take(2, 2), 1);
    FloatTensor second = filled(workspace.take(2, 2), 2);
    assertThat(first.toArray()).containsOnly(1f);
    workspace.give(first);
    FloatTensor third = filled(workspace.take(2, 2), 3);
    assertThat(workspace.bytes()).isEqualTo(2 * 4 * Float.BYTES);
    filled(workspace.take(2, 2), 4);
    assertThat(second.toArray()).containsOnly(2f);
    assertThat(third.toArray()).containsOnly(3f);
    assertThat(workspace.bytes()).isEqualTo(3 * 4 * Float.BYTES);
  }

  @Test
  void memoryThatIsGivenBackServesTheNextShapeThatFitsIt() {
    FloatTensor large = workspace.take(4, 5);
    FloatTensor middle = workspace.take(2, 5);
    workspace.give(large);
    workspace.give(middle);
    FloatTensor small = workspace.take(3, 3);
    FloatTensor other = workspace.take(4, 2, 1);
    assertThat(small.shape()).containsExactly(3, 3);
    assertThat(other.shape()).containsExactly(4, 2, 1);
    assertThat(workspace.bytes()).isEqualTo((20 + 10) * Float.BYTES);
    filled(small, 5);
    filled(other, 6);
    assertThat(small.array().sumNumber().floatValue()).isEqualTo(45f);
    assertThat(other.array().sumNumber().floatValue()).isEqualTo(48f);
    workspace.take(11);
    assertThat(workspace.bytes()).isEqualTo((20 + 10 + 11) * Float.BYTES);
  }

  @Test
  void whatIsReservedIsThereForTheFirstThatNeedsIt() {
    workspace.reserve(4, 5);
    workspace.reserve(2, 5);
    workspace.give(workspace.take(5));
    workspace.take(20);
    assertThat(workspace.bytes()).isEqualTo(20 * Float.BYTES);
  }

  @Test
  void whatIsNotTakenOrIsGivenBackTwiceIsRefused() {
    FloatTensor taken = workspace.take(2);
    workspace.give(taken);
    for (FloatTensor tensor : new FloatTensor[] {taken, FloatTensor.allocate(2)}) {
      assertThatThrownBy(() -> workspace.give(tensor))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("taken here");
    }
  }

  private static FloatTensor filled(FloatTensor tensor, float value) {
    float[] values = new float[tensor.size()];
    Arrays.fill(values, value);
    tensor.write(values);
    return tensor;
  }

  @Test
  void closingFreesEverything() {
    FloatTensor named = workspace.tensor(Role.A, "layer", 4);
    FloatTensor taken = workspace.take(4);
    FloatTensor given = workspace.take(5);
    List<INDArray> arrays = List.of(named.array(), taken.array(), given.array());
    workspace.give(given);
    workspace.close();
    assertThat(workspace.bytes()).isZero();
    assertThat(arrays).allMatch(INDArray::wasClosed);
  }
}
