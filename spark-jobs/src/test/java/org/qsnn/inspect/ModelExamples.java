package org.qsnn.inspect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.OperationCounts;
import org.qsnn.model.Architectures;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Weight;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;
import org.qsnn.model.WeightScheme;
import org.qsnn.optimize.OptimizerState;
import org.qsnn.parameter.ParameterLayout;
import org.qsnn.parameter.Parameters;

/** A small model and a small checkpoint. */
public final class ModelExamples {
  private ModelExamples() {}

  public static PackedModel model(WeightScheme scheme) {
    return model(scheme, () -> 0f, () -> 0.5f);
  }

  /** With these numbers beside its weights. */
  public static PackedModel model(
      WeightScheme scheme, Supplier<Float> numbers, Supplier<Float> membraneScales) {
    NetworkSpec spec = Architectures.VGGSNN.spec(1, 2, 2, 16, 10, scheme, 8);
    return new PackedModel(
        spec,
        spec.weights().stream().map(ModelExamples::tensor).toList(),
        spec.convolutions().stream()
            .map(
                c ->
                    new FoldedBatchNorm(
                        floats(c.outChannels(), numbers), floats(c.outChannels(), numbers)))
            .toList(),
        List.of(floats(10, numbers)),
        spec.layers().stream().map(layer -> floats(1, membraneScales)).toList(),
        new ModelDescription(
            Optional.of(
                new FrameInput(
                    FrameInput.Split.NUMBER,
                    10_000,
                    FrameInput.Resize.AREA,
                    FrameInput.Values.LOG,
                    1)),
            IntStream.range(0, 10).mapToObj(k -> "class " + k).toList(),
            Map.of("dataset", "synthetic", "epoch", "3")));
  }

  /** Of two samples, of which one is taken for another class; a quarter of the neurons fire. */
  public static Evaluation evaluation(PackedModel model) {
    Evaluation evaluation = Evaluation.none(model.spec());
    evaluation.add(0, 0, 0.5);
    evaluation.add(1, 0, 1.5);
    for (int layer = 0; layer < model.spec().layers().size(); layer++) {
      long chances = 2L * model.spec().layers().get(layer).neurons();
      evaluation.addSpikes(layer, new long[] {chances / 4, chances / 4}, chances);
    }
    evaluation.addOperations(new OperationCounts(1_000, 3_000));
    return evaluation;
  }

  public static byte[] bytes(PackedModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.write(out);
    return out.toByteArray();
  }

  public static byte[] checkpoint() throws IOException {
    ParameterLayout parameters =
        ParameterLayout.builder().add("stem.conv.weight", 4, 3, 3, 3).add("fc.bias", 10).build();
    ParameterLayout statistics = ParameterLayout.builder().add("stem.bn.running_mean", 4).build();
    TrainingState state =
        new TrainingState(
            2,
            5,
            Parameters.zeros(parameters),
            Parameters.zeros(statistics),
            OptimizerState.zeros(List.of("momentum"), parameters),
            new double[] {1, 2},
            new byte[] {3},
            1,
            0.875,
            105,
            Map.of("seed", "1"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Checkpoint.write(state, out);
    return out.toByteArray();
  }

  private static float[] floats(int count, Supplier<Float> numbers) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = numbers.get();
    }
    return floats;
  }

  private static QuantizedTensor tensor(Weight weight) {
    int[] shape = weight.shape();
    int count = (int) weight.elements();
    byte[] exponents = new byte[shape[0]];
    for (int i = 0; i < exponents.length; i++) {
      exponents[i] = (byte) (-1 - i % 3);
    }
    byte[] bits = new byte[(count + 7) / 8];
    return switch (weight.form()) {
      case BINARY_EXPONENT -> QuantizedTensor.binary(weight.name(), shape, bits, exponents);
      case BINARY_SCALE -> QuantizedTensor.binary(weight.name(), shape, bits, new float[shape[0]]);
      case INT8 -> QuantizedTensor.int8(weight.name(), shape, new byte[count], 1);
      case FLOAT -> QuantizedTensor.floats(weight.name(), shape, new float[count]);
    };
  }
}
