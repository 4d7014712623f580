package org.qsnn.train;

import java.io.Serializable;
import org.qsnn.model.Architectures;
import org.qsnn.model.Head;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.MembraneBits;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;

/** A network's specification as it crosses to executors: the few values that it is made from. */
final class NetworkSize implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String architecture;
  private final String layers;
  private final int width;
  private final int timesteps;
  private final int inputChannels;
  private final int inputSize;
  private final int classes;
  private final WeightScheme weightScheme;
  private final String membraneBits;
  private final LifNeuron neuron;
  private final Head head;

  NetworkSize(NetworkSpec spec) {
    this.architecture = spec.architecture().key();
    this.layers = spec.architecture().text();
    this.width = spec.width();
    this.timesteps = spec.timesteps();
    this.inputChannels = spec.inputChannels();
    this.inputSize = spec.inputSize();
    this.classes = spec.classes();
    this.weightScheme = spec.weightScheme();
    this.membraneBits = spec.membraneBits().toString();
    this.neuron = spec.neuron();
    this.head = spec.head();
  }

  NetworkSpec spec() {
    return spec(timesteps, inputSize);
  }

  /** The same network with another number of timesteps, and for inputs of another size. */
  NetworkSpec spec(int otherTimesteps, int otherSize) {
    return Architectures.of(architecture, layers)
        .spec(
            width,
            otherTimesteps,
            inputChannels,
            otherSize,
            classes,
            weightScheme,
            MembraneBits.parse(membraneBits),
            neuron,
            head);
  }
}
