package org.qsnn.train;

import java.io.Serializable;
import org.qsnn.deploy.Arena;
import org.qsnn.deploy.IntegerInput;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerReadout;
import org.qsnn.deploy.IntegerRunner;
import org.qsnn.metric.Evaluation;
import org.qsnn.metric.RunnerAgreement;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork.Answer;
import org.qsnn.network.Loss;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;

/** Evaluates a packed model with floats and with integers, sample by sample. */
public final class AgreementTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SampleDecoder decoder;

  /**
   * @param decoder without augmentation
   */
  public AgreementTask(SampleDecoder decoder) {
    this.decoder = decoder;
  }

  /**
   * What both found.
   *
   * @param floats of the float evaluation
   */
  public record Result(Evaluation floats, RunnerAgreement agreement) implements Serializable {
    public static Result none(NetworkSpec network) {
      return new Result(Evaluation.none(network), RunnerAgreement.NONE);
    }

    /** This result and then the other. */
    public Result merge(Result other) {
      return new Result(floats.merge(other.floats), agreement.merge(other.agreement));
    }
  }

  /**
   * @throws org.qsnn.ConfigurationException if the model has no integer semantics
   */
  public Result evaluate(PackedModel model, Samples samples) {
    // The driver proved it before the model travelled.
    IntegerRunner runner = new IntegerRunner(IntegerNetwork.compile(model));
    Comparison comparison = new Comparison(model.spec(), runner, samples);
    Evaluation floats = new EvaluationTask(decoder).evaluate(model, samples, comparison::compare);
    return new Result(floats, comparison.agreement);
  }

  /** The integer runner beside the answers of the float network. */
  private final class Comparison {
    private final NetworkSpec spec;
    private final IntegerRunner runner;
    private final Arena arena;
    private final Samples samples;
    private final float[] plane;
    private RunnerAgreement agreement = RunnerAgreement.NONE;

    Comparison(NetworkSpec spec, IntegerRunner runner, Samples samples) {
      this.spec = spec;
      this.runner = runner;
      this.arena = runner.arena();
      this.samples = samples;
      int size = spec.layers().get(0).outputSize();
      this.plane = new float[size * size];
    }

    void compare(Answer answer, int[] indices) {
      for (int b = 0; b < indices.length; b++) {
        int predicted = IntegerReadout.prediction(runner.scores(input(indices[b]), arena));
        int floatPredicted =
            Loss.prediction(answer.logits(), spec.timesteps(), indices.length, spec.classes(), b);
        agreement =
            agreement.merge(
                new RunnerAgreement(
                    1,
                    predicted == samples.label(indices[b]) ? 1 : 0,
                    predicted == floatPredicted ? 1 : 0,
                    (long) spec.timesteps() * spec.layers().get(0).channels() * plane.length,
                    differences(answer, indices.length, b)));
      }
    }

    private short[] input(int index) {
      IntegerInput input = runner.network().input();
      byte[] payload = samples.payload(index);
      if (input.isSteady()) {
        return input.ofImage(payload);
      }
      float[] values = new float[decoder.length()];
      decoder.decode(payload, samples.id(index), 0, 0, values, 0);
      short[] numbers = new short[values.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = input.quantize(values[i]);
      }
      return numbers;
    }

    /** Places where the first layer hands on something else. */
    private long differences(Answer answer, int batch, int sample) {
      NetworkSpec.Layer first = spec.layers().get(0);
      int size = first.outputSize();
      long differences = 0;
      for (int t = 0; t < spec.timesteps(); t++) {
        for (int c = 0; c < first.channels(); c++) {
          int at = ((t * batch + sample) * first.channels() + c) * plane.length;
          answer.first().read(at, plane, 0, plane.length);
          for (int i = 0; i < plane.length; i++) {
            int count = arena.count(0, t, c, i / size, i % size);
            differences += count == plane[i] * first.countsPerUnit() ? 0 : 1;
          }
        }
      }
      return differences;
    }
  }
}
