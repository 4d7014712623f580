package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
    FloatTensor first = workspace.take(2, 2);
    FloatTensor second = workspace.take(2, 2);
    assertThat(first).isNotSameAs(second);
    workspace.give(first);
    assertThat(workspace.take(2, 2)).isSameAs(first);
    assertThat(workspace.take(2, 2)).isNotIn(first, second);
  }

  @Test
  void scratchIsReusedForItsOwnShapeOnly() {
    FloatTensor scratch = workspace.take(2, 3);
    workspace.give(scratch);
    assertThat(workspace.take(3, 2)).isNotSameAs(scratch);
    assertThat(workspace.take(2, 3)).isSameAs(scratch);
    assertThat(workspace.bytes()).isEqualTo(2 * 6 * Float.BYTES);
  }

  @Test
  void closingFreesEverything() {
    FloatTensor named = workspace.tensor(Role.A, "layer", 4);
    FloatTensor taken = workspace.take(4);
    FloatTensor given = workspace.take(5);
    workspace.give(given);
    workspace.close();
    assertThat(workspace.bytes()).isZero();
    assertThat(named.array().wasClosed()).isTrue();
    assertThat(taken.array().wasClosed()).isTrue();
    assertThat(given.array().wasClosed()).isTrue();
  }
}
