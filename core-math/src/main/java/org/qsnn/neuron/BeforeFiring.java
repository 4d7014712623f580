package org.qsnn.neuron;

import org.qsnn.model.LifNeuron;
import org.qsnn.model.Surrogate;
import org.qsnn.tensor.BitTensor;
import org.qsnn.tensor.BlockGrid;
import org.qsnn.tensor.Reductions;

/**
 * Neurons whose membrane potential is quantized before it is compared with the threshold, as the
 * paper's text has it (Wei et al. 2024, Algorithm 1, lines 9–11, and Eq. 8).
 *
 * <pre>
 *   u[t] = decay · m[t−1] + x[t]          α[t] = max |u[t]|, over the layer
 *   q[t] = rint(clamp(u[t]/α[t], −1, 1) · n) · α[t]/n
 *   s[t] = q[t] ≥ threshold               m[t] = reset(q[t])
 * </pre>
 *
 * Backward, with g = ds, from the last timestep to the first; the rounding is passed straight
 * through, α is a constant, the reset is differentiated, here the hard and then the soft one:
 *
 * <pre>
 *   du[t] = (g[t] − dm[t] · q[t]) · surrogate(q[t]) + dm[t] · (1 − s[t])
 *   du[t] = (g[t] − dm[t] · threshold) · surrogate(q[t]) + dm[t]
 *   dx[t] = du[t]                         dm[t−1] = decay · du[t]
 * </pre>
 *
 * <p>α = 0 gives q = 0. α is known only when all u of a timestep are: so u of the layer goes to
 * memory and is read again; where α is stored, too, since one pass that reads what it has just
 * written takes longer. {@link LifLayer#stored} holds u, then m.
 */
final class BeforeFiring implements Neurons {
  private static final Reductions REDUCTIONS = Reductions.best();

  private final LifEquations equations;
  private final BeforeFiringEquations quantized;
  private final SurrogateGradient surrogate;

  BeforeFiring(LifNeuron neuron, Surrogate surrogate) {
    this(
        LifEquations.best(LifConstants.of(neuron)),
        BeforeFiringEquations.best(LifConstants.of(neuron)),
        SurrogateGradient.best(surrogate, neuron.threshold()));
  }

  BeforeFiring(
      LifEquations equations, BeforeFiringEquations quantized, SurrogateGradient surrogate) {
    this.equations = equations;
    this.quantized = quantized;
    this.surrogate = surrogate;
  }

  @Override
  public Steps forward(LifLayer layer, float[] scales) {
    int timesteps = layer.timesteps();
    Steps steps = new Steps(new float[timesteps], new float[timesteps], new long[timesteps]);
    for (int t = 0; t < timesteps; t++) {
      Chunk chunk = new Chunk(layer, t);
      chunk.integrate();
      float alpha = scales == null ? chunk.largest : scales[t];
      chunk.fire(new MembraneScale(alpha, layer.levels()));
      steps.scales()[t] = alpha;
      steps.largest()[t] = Float.isFinite(chunk.largest) ? chunk.largest : Float.NaN;
      steps.spikes()[t] = chunk.spikes;
    }
    return steps;
  }

  @Override
  public Steps forward(LifBlocks layer, float[] scales) {
    int n = BlockGrid.neurons();
    float[] q = new float[n];
    BlockForward.Rule rule =
        (timestep, memory, u, carried, words) -> {
          if (timestep > 0) {
            equations.leak(memory, carried, MembraneScale.FLOAT, memory, u, n);
          }
          boolean isFinite = Float.isFinite(REDUCTIONS.largestMagnitude(memory, u, n));
          System.arraycopy(memory, u, memory, carried, n);
          MembraneScale scale = new MembraneScale(scales[timestep], layer.levels());
          quantized.quantize(memory, carried, scale, q, memory, n);
          equations.fire(q, 0, words);
          return isFinite;
        };
    return new BlockForward(layer, rule).forward(scales);
  }

  @Override
  public ChannelSums backward(LifLayer layer, float[] scales, LifGradient gradient) {
    BackwardRule rule = new BeforeFiringBackward(quantized, layer, scales);
    return BackwardChunk.backward(equations, surrogate, rule, layer, gradient);
  }

  @Override
  public boolean needStored(int timesteps) {
    return true;
  }

  /** One timestep's forward pass, some planes at a time. */
  private final class Chunk {
    private final LifLayer layer;
    private final int timestep;
    private final int perChunk;
    private final MembranePotential potential;
    private final float[] u;
    private float largest;
    private long spikes;

    Chunk(LifLayer layer, int timestep) {
      this.layer = layer;
      this.timestep = timestep;
      this.perChunk = LifKernel.planesPerChunk(layer);
      this.potential = new MembranePotential(equations, layer, perChunk);
      this.u = new float[perChunk * layer.plane()];
    }

    void integrate() {
      for (int plane = 0; plane < layer.planes(); plane += perChunk) {
        integrate(plane, planes(plane));
      }
    }

    void fire(MembraneScale scale) {
      for (int plane = 0; plane < layer.planes(); plane += perChunk) {
        fire(plane, planes(plane), scale);
      }
    }

    private int planes(int from) {
      return Math.min(perChunk, layer.planes() - from);
    }

    private void integrate(int first, int planes) {
      int element = first * layer.plane();
      int n = planes * layer.plane();
      MembraneScale former = timestep == 0 ? MembraneScale.NONE : MembraneScale.FLOAT;
      potential.compute(timestep, first, planes, layer.stored(), element, former, u);
      largest = Math.max(largest, REDUCTIONS.largestMagnitude(u, 0, n));
      System.arraycopy(u, 0, layer.stored(), element, n);
    }

    private void fire(int first, int planes, MembraneScale scale) {
      int element = first * layer.plane();
      int n = planes * layer.plane();
      quantized.quantize(layer.stored(), element, scale, u, layer.stored(), n);
      BitTensor bits = layer.spikes();
      int plane = timestep * layer.planes() + first;
      for (int p = 0; p < planes; p++) {
        int from = p * layer.plane();
        equations.fire(u, from, layer.plane(), bits.words(), bits.word(plane + p));
      }
      spikes += bits.count(plane, planes);
    }
  }
}
