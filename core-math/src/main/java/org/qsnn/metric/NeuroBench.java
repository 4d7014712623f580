package org.qsnn.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.model.Footprint;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.NetworkSpec.Branch;
import org.qsnn.model.NetworkSpec.Convolved;
import org.qsnn.model.NetworkSpec.Layer;
import org.qsnn.model.NetworkSpec.Linear;
import org.qsnn.model.PackedModel;
import org.qsnn.model.QuantizedTensor;

/**
 * The metrics of <a href="https://neurobench.ai">NeuroBench</a> 2.3 under their names, from what an
 * evaluation counted.
 *
 * <ul>
 *   <li>{@value #FOOTPRINT}: bytes of the packed tensors; {@value #PARAMETERS}: trained numbers.
 *   <li>{@value #CONNECTION_SPARSITY}: share of the weights that are 0.
 *   <li>{@value #ACTIVATION_SPARSITY}: share of chances to spike without a spike.
 *   <li>{@value #OPERATIONS}, of a sample over all timesteps: what its weights and inputs that are
 *       not 0 make. Layers that read spikes accumulate ({@value #ACS}); those that read the input,
 *       or what an average pool hands on, multiply ({@value #MACS}). {@value #DENSE}: if no weight
 *       and no input were 0. Biases, normalization, pools, shortcuts and padding do not count.
 *   <li>{@value #MEMBRANE_UPDATES}, of a sample: each neuron at the first timestep, and afterwards
 *       each time that firing changes a membrane. What leaks and is quantized between timesteps is
 *       not counted, as there.
 * </ul>
 *
 * Where a sample is answered with the help of its mirror image, what is counted of a sample is what
 * both take.
 */
public final class NeuroBench {
  public static final String FOOTPRINT = "Footprint";
  public static final String PARAMETERS = "ParameterCount";
  public static final String CONNECTION_SPARSITY = "ConnectionSparsity";
  public static final String ACCURACY = "ClassificationAccuracy";
  public static final String ACTIVATION_SPARSITY = "ActivationSparsity";
  public static final String ACTIVATION_SPARSITY_BY_LAYER = "ActivationSparsityByLayer";
  public static final String MEMBRANE_UPDATES = "MembraneUpdates";
  public static final String OPERATIONS = "SynapticOperations";
  public static final String MACS = "Effective_MACs";
  public static final String ACS = "Effective_ACs";
  public static final String DENSE = "Dense";

  private NeuroBench() {}

  /**
   * All of them in order: numbers, or numbers by name.
   *
   * @param evaluation with {@linkplain Evaluation#operations operations} counted
   * @throws IllegalArgumentException if it has no sample
   */
  public static Map<String, Object> of(PackedModel model, Evaluation evaluation) {
    if (evaluation.samples() == 0) {
      throw new IllegalArgumentException("NeuroBench's metrics need samples, found none");
    }
    Footprint footprint = Footprint.of(model.spec());
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put(FOOTPRINT, footprint.packedBytes());
    metrics.put(PARAMETERS, footprint.parameters());
    metrics.put(CONNECTION_SPARSITY, connectionSparsity(model));
    metrics.put(ACCURACY, evaluation.accuracy());
    metrics.put(ACTIVATION_SPARSITY, activationSparsity(evaluation.spikes()));
    metrics.put(ACTIVATION_SPARSITY_BY_LAYER, byLayer(model.spec(), evaluation.spikes()));
    metrics.put(MEMBRANE_UPDATES, membraneUpdates(model.spec(), evaluation));
    metrics.put(OPERATIONS, operations(model.spec(), evaluation));
    return metrics;
  }

  /** Share of the weights that are 0. */
  public static double connectionSparsity(PackedModel model) {
    long all = 0;
    long zeros = 0;
    for (QuantizedTensor weight : model.weights()) {
      for (float value : weight.dequantize()) {
        all++;
        zeros += value == 0 ? 1 : 0;
      }
    }
    return (double) zeros / all;
  }

  private static double activationSparsity(SpikeCounts counts) {
    long spikes = 0;
    long chances = 0;
    for (int layer = 0; layer < counts.layers(); layer++) {
      spikes += counts.spikes(layer);
      chances += counts.chances(layer);
    }
    return (double) (chances - spikes) / chances;
  }

  private static Map<String, Object> byLayer(NetworkSpec network, SpikeCounts counts) {
    Map<String, Object> sparsity = new LinkedHashMap<>();
    for (int layer = 0; layer < counts.layers(); layer++) {
      long silent = counts.chances(layer) - counts.spikes(layer);
      sparsity.put(network.layers().get(layer).name(), (double) silent / counts.chances(layer));
    }
    return sparsity;
  }

  private static double membraneUpdates(NetworkSpec network, Evaluation evaluation) {
    long shown = evaluation.samples() * showings(network, evaluation);
    long updates = 0;
    for (int layer = 0; layer < network.layers().size(); layer++) {
      updates += network.layers().get(layer).neurons() * shown;
      long[] spikes = evaluation.spikes().overTime(layer);
      for (int t = 1; t < spikes.length; t++) {
        updates += spikes[t];
      }
    }
    return (double) updates / evaluation.samples();
  }

  private static Map<String, Object> operations(NetworkSpec network, Evaluation evaluation) {
    OperationCounts counts = evaluation.operations();
    Map<String, Object> operations = new LinkedHashMap<>();
    operations.put(MACS, (double) counts.multiplications() / evaluation.samples());
    operations.put(ACS, (double) counts.accumulations() / evaluation.samples());
    operations.put(DENSE, dense(network) * showings(network, evaluation));
    return operations;
  }

  /** How often each sample was shown: twice where its mirror image was shown, too. */
  private static long showings(NetworkSpec network, Evaluation evaluation) {
    long once = evaluation.samples() * network.layers().get(0).neurons() * network.timesteps();
    return evaluation.spikes().chances(0) / once;
  }

  /** Operations of one sample, shown once, over all timesteps if no weight and no input were 0. */
  public static long dense(NetworkSpec network) {
    long operations = 0;
    for (Layer layer : network.layers()) {
      for (Branch branch : layer.branches()) {
        if (branch instanceof Convolved convolved) {
          int inSize = SynapticOperations.inputSize(network, branch);
          long taps = SynapticOperations.taps(convolved.convolution(), inSize, layer.size());
          long channels =
              (long) convolved.convolution().inChannels() * convolved.convolution().outChannels();
          operations += taps * taps * channels;
        }
      }
    }
    List<Linear> linears = network.readout().layers();
    for (Linear linear : linears) {
      operations += (long) linear.features() * linear.outputs();
    }
    return operations * network.timesteps();
  }
}
