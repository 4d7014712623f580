package org.qsnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.Workspace;

class WorkspacePoolTest {
  private final WorkspacePool pool = new WorkspacePool();

  @Test
  void aWorkspaceThatCameBackIsUsedAgain() {
    Workspace first = pool.with(workspace -> workspace);
    assertThat(pool.<Workspace>with(workspace -> workspace)).isSameAs(first);
  }

  @Test
  void twoComputationsAtOnceHaveTwoWorkspaces() {
    List<Workspace> seen = new ArrayList<>();
    pool.with(
        outer -> {
          seen.add(outer);
          return pool.with(seen::add);
        });
    assertThat(seen).hasSize(2).doesNotHaveDuplicates();
    assertThat(seen).contains(pool.<Workspace>with(workspace -> workspace));
  }

  @Test
  void aWorkspaceWhoseComputationFailedIsFreedAndNotUsedAgain() {
    List<Workspace> failed = new ArrayList<>();
    List<INDArray> taken = new ArrayList<>();
    assertThatThrownBy(
            () ->
                pool.with(
                    workspace -> {
                      failed.add(workspace);
                      taken.add(workspace.take(8).array());
                      throw new IllegalStateException("lost");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("lost");
    assertThat(taken.get(0).wasClosed()).isTrue();
    assertThat(pool.<Workspace>with(workspace -> workspace)).isNotIn(failed);
  }

  @Test
  void computesOnOneNativeThread() {
    assertThat(pool.<Integer>with(workspace -> NativeRuntime.threads())).isEqualTo(1);
  }
}
