package org.qsnn.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.PackedModel;

class StateProofTest {
  /** decay · m has up to 48 bits then; what follows from its being odd is true of all of them. */
  @ParameterizedTest
  @ValueSource(floats = {0.9f, 0.3f, 0.99999f})
  void aDecayOfManyBitsIsProvenWithoutALookAtEveryCombination(float decay) {
    for (Reset reset : Reset.values()) {
      LifNeuron neuron = new LifNeuron(Quantization.AFTER_RESET, Firing.ABOVE, decay, 0.6f, reset);
      PackedModel model = RandomModels.with(RandomModels.vgg(1, 3, 8, 5), neuron);
      NetworkCompiler compiler = new NetworkCompiler(model);
      IntegerNetwork network = compiler.compile();
      boolean isCut = false;
      for (int i = 1; i < network.layers().size(); i++) {
        IntegerLayer layer = network.layers().get(i);
        List<FloatCurrent> currents = compiler.currents(i, network.input());
        List<FloatMembrane> membranes = compiler.membranes(i);
        for (IntegerMembrane membrane : layer.membranes()) {
          for (long carried : membrane.carried()) {
            isCut |= (carried & 1) == 1;
          }
        }
        for (int c = 0; c < layer.channels(); c++) {
          StateProof proof = new StateProof(layer, currents, membranes, neuron, c);
          assertThat(proof.isExact()).as("%s, channel %d", layer.name(), c).isTrue();
          assertThatCode(proof::check).doesNotThrowAnyException();
        }
      }
      assertThat(isCut).as("whether a number was cut at all").isTrue();
    }
  }
}
