package org.qsnn.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.LearnedWeights;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochMetrics;
import org.qsnn.model.PackedModel;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;

/** A run's files as bytes in memory; the process that writes them can be made to die. */
class MemoryStore implements RunStore {
  /** The process died while it wrote. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  final List<byte[]> states = new ArrayList<>();
  final Map<Integer, byte[]> models = new TreeMap<>();
  final Map<Integer, EpochMetrics> rows = new TreeMap<>();
  private final NetworkLayout layout;
  private final Descent descent;
  private Optional<LearnedWeights> start = Optional.empty();
  private int statesLeft = Integer.MAX_VALUE;
  private int rowsLeft = Integer.MAX_VALUE;

  MemoryStore(NetworkLayout layout) {
    this(layout, Descent.of(Sgd.standard(), 0.1));
  }

  MemoryStore(NetworkLayout layout, Descent descent) {
    this.layout = layout;
    this.descent = descent;
  }

  /** A new run starts with these weights. */
  MemoryStore startingWith(LearnedWeights weights) {
    start = Optional.of(weights);
    return this;
  }

  @Override
  public Optional<LearnedWeights> start() {
    return start;
  }

  /** Dies as soon as so many states are written. */
  MemoryStore killedAfterStates(int count) {
    statesLeft = count;
    return this;
  }

  /** Dies as soon as so many rows of metrics are written: before the state that follows. */
  MemoryStore killedAfterRows(int count) {
    rowsLeft = count;
    return this;
  }

  /** The same files, seen by a process that lives. */
  MemoryStore revived() {
    statesLeft = Integer.MAX_VALUE;
    rowsLeft = Integer.MAX_VALUE;
    return this;
  }

  @Override
  public Optional<TrainingState> newestState() {
    return states.isEmpty() ? Optional.empty() : Optional.of(state(states.size() - 1));
  }

  TrainingState state(int index) {
    byte[] bytes = states.get(index);
    try {
      return Checkpoint.read(
          new ByteArrayInputStream(bytes),
          bytes.length,
          "state " + index,
          layout.parameters(),
          layout.statistics(),
          descent.stateNames());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void writeState(TrainingState state) {
    states.add(bytes(out -> Checkpoint.write(state, out)));
    if (--statesLeft == 0) {
      throw new Killed();
    }
  }

  @Override
  public void writeModel(int epoch, PackedModel model) {
    models.put(epoch, bytes(model::write));
  }

  @Override
  public void writeMetrics(EpochMetrics row) {
    rows.put(row.epoch(), row);
    if (--rowsLeft == 0) {
      throw new Killed();
    }
  }

  private interface Writer {
    void write(OutputStream out) throws IOException;
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
