package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkspaceTest {
  private final Workspace workspace = new Workspace();

  @Test
  void namedTensorKeepsItsPlaceAndValues() {
    FloatTensor first = workspace.tensor("a", 2, 3);
    first.array().putScalar(0, 5f);
    assertThat(workspace.tensor("a", 2, 3)).isSameAs(first);
    assertThat(workspace.tensor("a", 2, 3).toArray()[0]).isEqualTo(5f);
    assertThat(workspace.tensor("b", 2, 3)).isNotSameAs(first);
    assertThat(workspace.bytes()).isEqualTo(2 * 6 * Float.BYTES);
  }

  @Test
  void namedTensorOfAnotherShapeReplacesAndFreesTheFormer() {
    FloatTensor former = workspace.tensor("a", 4);
    assertThat(workspace.tensor("a", 8).shape()).containsExactly(8);
    assertThat(former.array().wasClosed()).isTrue();
    assertThat(workspace.bytes()).isEqualTo(8 * Float.BYTES);
  }

  @Test
  void namedBitsKeepTheirPlace() {
    BitTensor first = workspace.bits("a", 1, 2, 3, 3);
    assertThat(workspace.bits("a", 1, 2, 3, 3)).isSameAs(first);
    assertThat(workspace.bits("b", 1, 2, 3, 3)).isNotSameAs(first);
    assertThat(workspace.bits("a", 1, 2, 4, 4).shape()).containsExactly(1, 2, 4, 4);
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
    FloatTensor named = workspace.tensor("a", 4);
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
