package org.qsnn.train;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.qsnn.Hashes;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.network.Input;
import org.qsnn.network.Targets;
import org.qsnn.tensor.Workspace;

/**
 * A trained network whose answers another is drawn to. It crosses to executors as its file, the one
 * form of a model that is not an object graph.
 */
public final class Teacher implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final byte[] file;

  /**
   * @param name of the file, for messages
   * @param file a packed model's bytes, which are not copied
   */
  public Teacher(String name, byte[] file) {
    this.name = name;
    this.file = file;
  }

  /**
   * @throws org.qsnn.DataException if the file is damaged
   */
  public PackedModel model() {
    try {
      return PackedModel.read(new ByteArrayInputStream(file), file.length, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the file. */
  public String sha256() {
    return Hashes.sha256(file);
  }

  Network unpacked() {
    PackedModel model = model();
    return new Network(
        new InferenceNetwork(model, new Workspace()),
        model.spec().timesteps(),
        new WorkspacePool());
  }

  /**
   * What a JVM unpacks once, for any number of tasks at a time.
   *
   * @param workspaces of its own: the shapes of its tensors are not those of the network that it
   *     teaches
   */
  record Network(InferenceNetwork unpacked, int timesteps, WorkspacePool workspaces) {
    /**
     * @param input what it is shown, in a workspace that it may use
     */
    Targets targets(Function<Workspace, Input> input, int[] labels) {
      float[] logits =
          workspaces.with(
              workspace -> unpacked.in(workspace).answer(input.apply(workspace)).logits());
      return Targets.taught(labels, logits, timesteps);
    }

    void close() {
      workspaces.close();
    }
  }
}
