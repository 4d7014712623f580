package org.qsnn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.golden.GoldenCase;
import org.qsnn.model.NetworkSpec;
import org.qsnn.quantize.DirectionalDerivative;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.Workspace;

class ReadoutTest {
  private static final int ROWS = 6;
  private static final int CHANNELS = 3;
  private static final int SIZE = 4;

  private final Workspace workspace = new Workspace();

  @ParameterizedTest
  @CsvSource({"true, 2", "true, 100", "false, 2", "false, 100"})
  void backwardIsTheDerivative(boolean globalAverage, int classes) {
    int features = globalAverage ? CHANNELS : CHANNELS * SIZE * SIZE;
    Readout readout = readout(features, classes, globalAverage);
    float[] x = DirectionalDerivative.normal(ROWS * CHANNELS * SIZE * SIZE, 1, 1);
    float[] w = DirectionalDerivative.normal(classes * features, 1, 2);
    float[] bias = DirectionalDerivative.normal(classes, 1, 3);
    float[] g = DirectionalDerivative.normal(ROWS * classes, 1, 4);
    FloatTensor xTensor = FloatTensor.of(x, ROWS, CHANNELS, SIZE, SIZE);
    Readout.Pass pass =
        readout.forward(xTensor, FloatTensor.of(w, classes, features), bias, workspace);
    double[] xs = DoubleLayers.doubles(x);
    double[] ws = DoubleLayers.doubles(w);
    double[] biases = DoubleLayers.doubles(bias);
    assertThat(
            GoldenCase.distance(
                pass.logits(), DoubleLayers.floats(logits(xs, ws, biases, globalAverage))))
        .isLessThan(1e-6);

    Readout.Gradient gradient = readout.backward(pass, g, workspace);

    DirectionalDerivative.check(
        p -> DoubleLayers.dot(logits(p, ws, biases, globalAverage), g), x, gradient.x().toArray());
    DirectionalDerivative.check(
        p -> DoubleLayers.dot(logits(xs, p, biases, globalAverage), g), w, gradient.weights());
    DirectionalDerivative.check(
        p -> DoubleLayers.dot(logits(xs, ws, p, globalAverage), g), bias, gradient.bias());
  }

  private static double[] logits(double[] x, double[] w, double[] bias, boolean globalAverage) {
    double[] features = globalAverage ? DoubleLayers.pool(x, SIZE, SIZE) : x;
    int size = features.length / ROWS;
    double[] logits = new double[ROWS * bias.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = bias[i % bias.length];
      for (int j = 0; j < size; j++) {
        logits[i] += w[i % bias.length * size + j] * features[i / bias.length * size + j];
      }
    }
    return logits;
  }

  @Test
  void inferenceAnswersAsTrainingDoes() {
    Readout readout = readout(CHANNELS, 10, true);
    float[] w = DirectionalDerivative.normal(10 * CHANNELS, 1, 5);
    float[] bias = DirectionalDerivative.normal(10, 1, 6);
    FloatTensor x = images(ROWS);
    float[] trained = readout.forward(x, FloatTensor.of(w, 10, CHANNELS), bias, workspace).logits();
    assertThat(GoldenCase.distance(readout.infer(x, w, bias, workspace), trained)).isLessThan(1e-6);
  }

  @Test
  void inferenceAnswersEveryRowAsIfItWereAlone() {
    Readout readout = readout(CHANNELS, 10, true);
    float[] w = DirectionalDerivative.normal(10 * CHANNELS, 1, 5);
    float[] bias = DirectionalDerivative.normal(10, 1, 6);
    float[] together = readout.infer(images(ROWS), w, bias, workspace);
    for (int rows = 1; rows < ROWS; rows++) {
      assertThat(readout.infer(images(rows), w, bias, workspace))
          .isEqualTo(Arrays.copyOf(together, rows * 10));
    }
  }

  private static FloatTensor images(int rows) {
    float[] values = DirectionalDerivative.normal(ROWS * CHANNELS * SIZE * SIZE, 1, 7);
    int image = CHANNELS * SIZE * SIZE;
    return FloatTensor.of(Arrays.copyOf(values, rows * image), rows, CHANNELS, SIZE, SIZE);
  }

  private static Readout readout(int features, int classes, boolean globalAverage) {
    return new Readout(new NetworkSpec.Readout("fc", features, classes, globalAverage));
  }
}
