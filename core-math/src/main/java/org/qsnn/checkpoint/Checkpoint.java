package org.qsnn.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.model.Dtype;
import org.qsnn.model.Tensor;
import org.qsnn.model.TensorFile;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

/**
 * A {@link TrainingState} as a {@link TensorFile}: one tensor for each window of each vector, so
 * that other programs can read them. All floats keep their bits.
 */
public final class Checkpoint {
  /** The kind of its file. */
  public static final String KIND = "checkpoint";

  private static final String PARAMETERS = "parameters.";
  private static final String STATISTICS = "statistics.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String EPOCH_SUMS = "epoch.sums";
  private static final String EPOCH_START_SIGNS = "epoch.start-signs";

  private static final String EPOCH = "epoch";
  private static final String STEP = "step";
  private static final String STEPS = "steps";
  private static final String BEST_EPOCH = "best-epoch";
  private static final String BEST_ACCURACY = "best-accuracy";

  private Checkpoint() {}

  /** Writes a checkpoint file. The stream is left open. */
  public static void write(TrainingState state, OutputStream out) throws IOException {
    toFile(state).write(out);
  }

  /**
   * Reads a checkpoint file of a network with these layouts; see {@link TensorFile#read}.
   *
   * @param optimizer names of the vectors that the optimizer keeps
   * @throws DataException if the file is damaged, or its tensors are not those of the layouts
   */
  public static TrainingState read(
      InputStream in,
      long length,
      String name,
      ParameterLayout parameters,
      ParameterLayout statistics,
      List<String> optimizer)
      throws IOException {
    return of(TensorFile.read(in, length, name), parameters, statistics, optimizer);
  }

  /**
   * Reads what another training learned from a checkpoint file of a network with these layouts, and
   * passes over what else is in it; see {@link TensorFile#read}.
   *
   * @throws DataException if the file is damaged, or lacks a tensor of the layouts
   */
  public static LearnedWeights readWeights(
      InputStream in,
      long length,
      String name,
      ParameterLayout parameters,
      ParameterLayout statistics)
      throws IOException {
    TensorFile file = TensorFile.read(in, length, name);
    file.requireKind(KIND);
    return new LearnedWeights(
        vector(file, PARAMETERS, parameters), vector(file, STATISTICS, statistics));
  }

  /** SHA-256 of both vectors, one after the other, as little-endian float32 in layout order. */
  public static String parametersSha256(Parameters parameters, Parameters statistics) {
    return sha256(whole(parameters), whole(statistics));
  }

  /** SHA-256 of each window, by its name, in layout order. */
  public static Map<String, String> windowsSha256(Parameters vector) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Window window : vector.layout().windows()) {
      hashes.put(window.name(), sha256(window(window.name(), window, vector)));
    }
    return hashes;
  }

  private static TensorFile toFile(TrainingState state) {
    return TensorFile.of(KIND, metadata(state), tensors(state, TensorFile.VERSION));
  }

  private static List<Tensor> tensors(TrainingState state, int version) {
    List<Tensor> tensors = new ArrayList<>();
    addWindows(tensors, PARAMETERS, state.parameters());
    addWindows(tensors, STATISTICS, state.statistics());
    state
        .optimizer()
        .vectors()
        .forEach((name, vector) -> addWindows(tensors, optimizer(name, version), vector));
    tensors.add(Tensor.doubles(EPOCH_SUMS, state.epochSums()));
    byte[] signs = state.epochStartSigns();
    tensors.add(Tensor.bytes(EPOCH_START_SIGNS, Dtype.U8, new int[] {signs.length}, signs));
    return tensors;
  }

  /** What stands before the names of the windows; version 1 knew SGD's momentum alone. */
  private static String optimizer(String name, int version) {
    return version == 1 ? name + "." : OPTIMIZER + name + ".";
  }

  private static Map<String, String> metadata(TrainingState state) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(EPOCH, Integer.toString(state.epoch()));
    metadata.put(STEP, Integer.toString(state.step()));
    metadata.put(STEPS, Long.toString(state.steps()));
    metadata.put(BEST_EPOCH, Integer.toString(state.bestEpoch()));
    metadata.put(BEST_ACCURACY, Double.toString(state.bestAccuracy()));
    state.metadata().forEach((key, value) -> metadata.put(TensorFile.PROVENANCE + key, value));
    return metadata;
  }

  private static TrainingState of(
      TensorFile file,
      ParameterLayout parameters,
      ParameterLayout statistics,
      List<String> optimizer) {
    file.requireKind(KIND);
    Map<String, Parameters> vectors = new LinkedHashMap<>();
    for (String name : optimizer) {
      vectors.put(name, vector(file, optimizer(name, file.version()), parameters));
    }
    TrainingState state =
        new TrainingState(
            integer(file, EPOCH, 0),
            integer(file, STEP, 0),
            vector(file, PARAMETERS, parameters),
            vector(file, STATISTICS, statistics),
            new OptimizerState(vectors),
            file.vector(EPOCH_SUMS, Dtype.F64).doubles(),
            file.vector(EPOCH_START_SIGNS, Dtype.U8).bytes(),
            integer(file, BEST_EPOCH, TrainingState.NONE),
            bestAccuracy(file),
            file.integer(STEPS, 0, Long.MAX_VALUE),
            file.provenance());
    file.requireOnlyTensors(tensors(state, file.version()).stream().map(Tensor::name).toList());
    return state;
  }

  private static int integer(TensorFile file, String key, int smallest) {
    return (int) file.integer(key, smallest, Integer.MAX_VALUE);
  }

  private static double bestAccuracy(TensorFile file) {
    String text = file.metadata(BEST_ACCURACY);
    String expected = "0 to 1, or -1 for none";
    try {
      double accuracy = Double.parseDouble(text);
      if (accuracy == TrainingState.NONE || (accuracy >= 0 && accuracy <= 1)) {
        return accuracy;
      }
    } catch (NumberFormatException e) {
      throw file.invalid(BEST_ACCURACY, expected, e);
    }
    throw file.invalid(BEST_ACCURACY, expected, null);
  }

  private static void addWindows(List<Tensor> tensors, String prefix, Parameters vector) {
    for (Window window : vector.layout().windows()) {
      tensors.add(window(prefix + window.name(), window, vector));
    }
  }

  private static Tensor window(String name, Window window, Parameters vector) {
    return Tensor.window(name, window.shape(), vector.values(), window.offset());
  }

  private static Parameters vector(TensorFile file, String prefix, ParameterLayout layout) {
    Parameters vector = Parameters.zeros(layout);
    for (Window window : layout.windows()) {
      file.tensor(prefix + window.name(), Dtype.F32, window.shape())
          .copyTo(vector.values(), window.offset());
    }
    return vector;
  }

  private static Tensor whole(Parameters vector) {
    return Tensor.floats("values", new int[] {vector.values().length}, vector.values());
  }

  private static String sha256(Tensor... tensors) {
    try {
      MessageDigest sha = Hashes.sha256();
      OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), sha);
      for (Tensor tensor : tensors) {
        tensor.writeTo(out);
      }
      return Hashes.hex(sha);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
