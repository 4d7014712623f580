package org.qsnn.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qsnn.model.FoldedBatchNorm;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolution;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.PackedModel;
import org.qsnn.model.Pool;
import org.qsnn.tensor.FloatTanh;

/** FORMAT.md's equations behind the first layer, one number at a time, in floats. */
final class FloatReference {
  private final PackedModel model;

  /** What each layer hands on: {@code [layer][t][C, H, W]}. */
  private final List<float[][]> outputs = new ArrayList<>();

  /**
   * @param first what the first layer hands on, {@code [t][C, H, W]}
   */
  FloatReference(PackedModel model, float[][] first) {
    this.model = model;
    outputs.add(first);
    for (int i = 1; i < model.spec().layers().size(); i++) {
      outputs.add(layer(i));
    }
  }

  float[][] output(int layer) {
    return outputs.get(layer);
  }

  private float[][] layer(int index) {
    Layer layer = model.spec().layers().get(index);
    int timesteps = model.spec().timesteps();
    float[][] handedOn = new float[timesteps][];
    float[] m = new float[layer.neurons()];
    LifNeuron neuron = model.spec().neuron();
    int levels = (1 << (model.spec().membraneBits(index) - 1)) - 1;
    for (int t = 0; t < timesteps; t++) {
      float[] current = current(index, t);
      float[] spikes = new float[m.length];
      for (int i = 0; i < m.length; i++) {
        float u = Math.fma(neuron.decay(), m[i], current[i]);
        boolean fires =
            neuron.firing() == Firing.ABOVE ? u > neuron.threshold() : u >= neuron.threshold();
        spikes[i] = fires ? 1f : 0f;
        if (t < timesteps - 1) {
          float alpha = model.membraneScales().get(index)[t];
          float left = neuron.reset() == Reset.HARD ? 0f : u - neuron.threshold();
          float v = FloatTanh.tanh(fires ? left : u);
          float clamped = Math.min(Math.max(v / alpha, -1f), 1f);
          m[i] = alpha == 0 ? 0 : (float) Math.rint(clamped * levels) * (alpha / levels);
        }
      }
      handedOn[t] = pooled(layer, spikes);
    }
    return handedOn;
  }

  private float[] current(int index, int t) {
    Layer layer = model.spec().layers().get(index);
    int convolution = 0;
    for (Layer former : model.spec().layers().subList(0, index)) {
      convolution += former.convolutions().size();
    }
    float[] sum = null;
    float[] offset = new float[layer.channels()];
    List<float[]> parts = new ArrayList<>();
    List<float[]> scales = new ArrayList<>();
    for (Branch branch : layer.branches()) {
      float[] x = outputs.get(branch.source())[t];
      float[] ones = new float[layer.channels()];
      Arrays.fill(ones, 1f);
      if (branch instanceof Convolved convolved) {
        FoldedBatchNorm norm = model.batchNorms().get(convolution);
        float[] w = model.weights().get(convolution++).dequantize();
        Layer source = model.spec().layers().get(branch.source());
        parts.add(convolve(convolved.convolution(), x, source.outputSize(), w, layer.size()));
        scales.add(norm.scale());
        for (int c = 0; c < offset.length; c++) {
          offset[c] += norm.offset()[c];
        }
      } else {
        parts.add(x);
        scales.add(ones);
      }
    }
    int plane = layer.size() * layer.size();
    for (int b = 0; b < parts.size(); b++) {
      float[] next = new float[layer.neurons()];
      for (int i = 0; i < next.length; i++) {
        float before = sum == null ? offset[i / plane] : sum[i];
        next[i] = Math.fma(scales.get(b)[i / plane], parts.get(b)[i], before);
      }
      sum = next;
    }
    return sum;
  }

  private static float[] convolve(Convolution c, float[] x, int inSize, float[] w, int size) {
    float[] y = new float[c.outChannels() * size * size];
    int k = c.kernel();
    for (int i = 0; i < y.length; i++) {
      int out = i / (size * size);
      int top = i / size % size * c.stride() - c.padding();
      int left = i % size * c.stride() - c.padding();
      for (int tap = 0; tap < c.inChannels() * k * k; tap++) {
        int row = top + tap / k % k;
        int column = left + tap % k;
        if (row >= 0 && row < inSize && column >= 0 && column < inSize) {
          float value = x[(tap / (k * k) * inSize + row) * inSize + column];
          y[i] += value * w[out * c.inChannels() * k * k + tap];
        }
      }
    }
    return y;
  }

  private static float[] pooled(Layer layer, float[] spikes) {
    boolean isMax = layer.pool() instanceof Pool.Max;
    int extent = layer.size() / layer.outputSize();
    int stride = extent;
    int padding = 0;
    if (layer.pool() instanceof Pool.Max max) {
      extent = max.extent();
      stride = max.stride();
      padding = max.padding();
    }
    int size = layer.outputSize();
    float[] y = new float[layer.channels() * size * size];
    for (int i = 0; i < y.length; i++) {
      int c = i / (size * size);
      for (int w = 0; w < extent * extent; w++) {
        int row = i / size % size * stride - padding + w / extent;
        int column = i % size * stride - padding + w % extent;
        if (row >= 0 && row < layer.size() && column >= 0 && column < layer.size()) {
          float spike = spikes[(c * layer.size() + row) * layer.size() + column];
          y[i] = isMax ? Math.max(y[i], spike) : y[i] + spike;
        }
      }
      y[i] /= isMax ? 1 : extent * extent;
    }
    return y;
  }

  /** The mean over time of the logits. */
  double[] logits() {
    NetworkSpec spec = model.spec();
    float[][] last = outputs.get(outputs.size() - 1);
    float[] w = model.weights().get(model.weights().size() - 1).dequantize();
    double[] logits = new double[spec.classes()];
    for (int k = 0; k < logits.length; k++) {
      for (float[] features : last) {
        double sum = model.biases().get(0)[k];
        for (int j = 0; j < features.length; j++) {
          sum += (double) w[k * features.length + j] * features[j];
        }
        logits[k] += sum / last.length;
      }
    }
    return logits;
  }
}
