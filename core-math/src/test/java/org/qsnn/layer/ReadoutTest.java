package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class ReadoutTest {
  private static final int ROWS = 6;
  private static final int CHANNELS = 3;
  private static final int SIZE = 4;
  private static final int FEATURES = CHANNELS * SIZE * SIZE;

  private final Workspace workspace = new Workspace();

  @ParameterizedTest
  @ValueSource(ints = {2, 100})
  void backwardIsTheDerivative(int classes) {
    backwardIsTheDerivative(linears(classes));
  }

  @Test
  void backwardIsTheDerivativeBehindAHiddenLinearLayer() {
    backwardIsTheDerivative(linears(7, 5));
  }

  private void backwardIsTheDerivative(List<Linear> linears) {
    Readout readout = readout(linears);
    List<float[]> point = point(linears);
    int classes = linears.get(linears.size() - 1).outputs();
    float[] g = DirectionalDerivative.normal(ROWS * classes, 1, 4);
    FloatTensor x = FloatTensor.of(point.get(0), ROWS, CHANNELS, SIZE, SIZE);
    Readout.Pass pass = readout.forward(x, weights(linears, point), workspace);
    List<double[]> doubles = point.stream().map(DoubleLayers::doubles).toList();
    assertThat(GoldenCase.distance(pass.logits(), DoubleLayers.floats(logits(doubles))))
        .isLessThan(1e-6);

    FloatTensor dx = FloatTensor.allocate(x.shape());
    List<Readout.LinearGradient> gradients = readout.backward(pass, g, dx, workspace);

    List<float[]> found = new ArrayList<>(List.of(dx.toArray()));
    gradients.forEach(
        layer -> {
          found.add(layer.weights());
          found.add(layer.bias());
        });
    for (int i = 0; i < point.size(); i++) {
      int index = i;
      DirectionalDerivative.check(
          p -> DoubleLayers.dot(logits(with(doubles, index, p)), g), point.get(i), found.get(i));
    }
  }

  /** The input, then weights and bias of each layer. */
  private static List<float[]> point(List<Linear> linears) {
    List<float[]> point = new ArrayList<>();
    point.add(DirectionalDerivative.normal(ROWS * FEATURES, 1, 1));
    for (Linear linear : linears) {
      int weights = linear.outputs() * linear.features();
      point.add(DirectionalDerivative.normal(weights, 1, 2 + point.size()));
      point.add(DirectionalDerivative.normal(linear.outputs(), 1, 3 + point.size()));
    }
    return point;
  }

  private static List<double[]> with(List<double[]> point, int index, double[] value) {
    List<double[]> moved = new ArrayList<>(point);
    moved.set(index, value);
    return moved;
  }

  private static double[] logits(List<double[]> point) {
    double[] y = point.get(0);
    for (int i = 1; i < point.size(); i += 2) {
      y = linear(y, point.get(i), point.get(i + 1));
    }
    return y;
  }

  private static double[] linear(double[] x, double[] w, double[] bias) {
    int size = w.length / bias.length;
    double[] y = new double[ROWS * bias.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias[i % bias.length];
      for (int j = 0; j < size; j++) {
        y[i] += w[i % bias.length * size + j] * x[i / bias.length * size + j];
      }
    }
    return y;
  }

  private static List<LinearWeights> weights(List<Linear> linears, List<float[]> point) {
    List<LinearWeights> weights = new ArrayList<>();
    for (int i = 0; i < linears.size(); i++) {
      weights.add(
          new LinearWeights(
              FloatTensor.of(point.get(2 * i + 1), linears.get(i).weightShape()),
              point.get(2 * i + 2)));
    }
    return weights;
  }

  @Test
  void inferenceAnswersAsTrainingDoes() {
    List<Linear> linears = linears(7, 10);
    Readout readout = readout(linears);
    List<float[]> point = point(linears);
    FloatTensor x = images(ROWS);
    float[] trained = readout.forward(x, weights(linears, point), workspace).logits();
    float[] inferred = infer(readout, x, point);
    assertThat(GoldenCase.distance(inferred, trained)).isLessThan(1e-6);
  }

  @Test
  void inferenceAnswersEveryRowAsIfItWereAlone() {
    List<Linear> linears = linears(7, 10);
    Readout readout = readout(linears);
    List<float[]> point = point(linears);
    float[] together = infer(readout, images(ROWS), point);
    for (int rows = 1; rows < ROWS; rows++) {
      assertThat(infer(readout, images(rows), point)).isEqualTo(Arrays.copyOf(together, rows * 10));
    }
  }

  private static float[] infer(Readout readout, FloatTensor x, List<float[]> point) {
    return readout.infer(
        x, List.of(point.get(1), point.get(3)), List.of(point.get(2), point.get(4)));
  }

  private static FloatTensor images(int rows) {
    float[] values = DirectionalDerivative.normal(ROWS * FEATURES, 1, 7);
    return FloatTensor.of(Arrays.copyOf(values, rows * FEATURES), rows, CHANNELS, SIZE, SIZE);
  }

  private static List<Linear> linears(int... outputs) {
    List<Linear> linears = new ArrayList<>();
    int features = FEATURES;
    for (int i = 0; i < outputs.length; i++) {
      linears.add(new Linear("fc" + i, features, outputs[i], Linear.Draw.UNIFORM));
      features = outputs[i];
    }
    return linears;
  }

  private static Readout readout(List<Linear> linears) {
    return new Readout(new NetworkSpec.Readout(linears));
  }
}
