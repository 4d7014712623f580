package org.qsnn.nir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.deploy.RandomModels;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.network.Input;
import org.qsnn.nir.NirGraph.Edge;
import org.qsnn.tensor.FloatTensor;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.Workspace;

class NirExportTest {
  private static final int BATCH = 3;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    NativeRuntime.start();
  }

  @Test
  void networksOfOnesOwnHaveEverySpikeToo() throws Exception {
    for (String layers : RandomModels.networks()) {
      checkSpikes(NirModels.inSteps(RandomModels.custom(layers, 32, 2)), 2);
    }
  }

  @Test
  void aGraphOfFloatMembranesHasEverySpikeOfTheFloatEvaluation() throws Exception {
    for (int seed = 0; seed < 4; seed++) {
      checkSpikes(NirModels.inSteps(RandomModels.resNet(3, 3, 32, seed)), seed);
      checkSpikes(NirModels.inSteps(RandomModels.vgg(2, 3, 32, seed)), seed);
      checkSpikes(NirModels.inSteps(NirModels.maxPooled(2, 3, 32, seed)), seed);
      checkSpikes(
          NirModels.firingAtTheThreshold(NirModels.inSteps(RandomModels.resNet(2, 3, 32, seed))),
          seed);
      for (LifNeuron neuron : List.of(neuron(0.75f, 0.5f), neuron(1f, 1f), neuron(0f, 2f))) {
        checkSpikes(
            RandomModels.with(NirModels.inSteps(RandomModels.vgg(2, 4, 32, seed)), neuron), seed);
      }
    }
  }

  private static LifNeuron neuron(float decay, float threshold) {
    return new LifNeuron(Quantization.AFTER_RESET, Firing.ABOVE, decay, threshold, Reset.HARD);
  }

  /** Of what was written and read back. */
  private void checkSpikes(PackedModel model, long seed) throws Exception {
    assertThat(NirExport.isExact(model)).isTrue();
    NetworkSpec spec = model.spec();
    float[] values = NirModels.input(spec, BATCH, new Random(seed));
    NirGraph graph = NirFile.read(NirModels.file(model, folder), "written");
    try (Workspace workspace = new Workspace();
        NirSimulation simulation = new NirSimulation(graph, BATCH)) {
      int size = spec.inputSize();
      int frame = values.length / spec.timesteps();
      InferenceNetwork.Answer answer =
          new InferenceNetwork(model, workspace)
              .answer(
                  new Input(
                      FloatTensor.of(
                          values, spec.timesteps() * BATCH, spec.inputChannels(), size, size),
                      BATCH));
      for (int t = 0; t < spec.timesteps(); t++) {
        float[] logits = simulation.step(Arrays.copyOfRange(values, t * frame, (t + 1) * frame));
        for (int i = 0; i < spec.layers().size(); i++) {
          String name = spec.layers().get(i).name();
          assertThat(spikes(simulation.output(name.replace('.', '_'))))
              .as("spikes of %s at timestep %d, seed %d", name, t, seed)
              .isEqualTo(answer.spikes()[i][t]);
        }
        for (int i = 0; i < logits.length; i++) {
          assertThat(logits[i])
              .isCloseTo(answer.logits()[t * logits.length + i], Offset.offset(1e-5f));
        }
      }
    }
  }

  private static long spikes(float[] output) {
    long spikes = 0;
    for (float value : output) {
      assertThat(value).isIn(0f, 1f);
      spikes += (long) value;
    }
    return spikes;
  }

  @Test
  void ofAQuantizedMembraneTheGraphHasTheFloatOneAndSaysSo() {
    PackedModel quantized = RandomModels.vgg(2, 3, 4, 1);
    PackedModel floats = NirModels.withFloatMembranes(quantized);
    NirGraph approximate = NirExport.graph(quantized, NirModels.SHA256);
    NirGraph exact = NirExport.graph(floats, NirModels.SHA256);

    assertThat(NirExport.isExact(quantized)).isFalse();
    assertThat(approximate.metadata())
        .containsEntry("is_exact", "false")
        .containsEntry("network.membrane-bits", "4")
        .containsEntry("network.timesteps", "3")
        .containsEntry("input.kind", "events")
        .containsEntry("dt", "1.0E-4")
        .containsEntry("model_sha256", NirModels.SHA256);
    assertThat(exact.metadata()).containsEntry("is_exact", "true");
    assertThat(approximate.edges()).isEqualTo(exact.edges());
    assertThat(approximate.nodes()).usingRecursiveComparison().isEqualTo(exact.nodes());
  }

  @Test
  void ofMembranesOfWhichSomeAreQuantizedTheGraphIsNotExact() {
    PackedModel mixed = RandomModels.vgg(2, 3, RandomModels.MIXED, 1);
    NirGraph graph = NirExport.graph(mixed, NirModels.SHA256);

    assertThat(NirExport.isExact(mixed)).isFalse();
    assertThat(graph.metadata())
        .containsEntry("is_exact", "false")
        .containsEntry("network.membrane-bits", mixed.spec().membraneBits().toString());
    assertThat(graph.nodes())
        .usingRecursiveComparison()
        .isEqualTo(NirExport.graph(NirModels.withFloatMembranes(mixed), NirModels.SHA256).nodes());
  }

  @Test
  void namesAreIdentifiersAndResidualsAreEdgesIntoOneNeuron() {
    NirGraph graph = NirExport.graph(RandomModels.resNet(2, 2, 32, 1), NirModels.SHA256);
    assertThat(graph.nodes().keySet()).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    assertThat(graph.sources("stem")).containsExactly("stem_conv");
    assertThat(graph.sources("blocks_0_lif2")).containsExactly("blocks_0_second_conv", "stem");
    assertThat(graph.sources("blocks_3_lif2"))
        .containsExactly("blocks_3_second_conv", "blocks_3_shortcut_conv");
    assertThat(graph.sources("flatten")).containsExactly("blocks_7_lif2_pool");
    assertThat(graph.nodes().get("blocks_7_lif2_pool").type()).isEqualTo("AvgPool2d");
    assertThat(graph.sources("output")).containsExactly("fc");
    NirNode neurons = graph.nodes().get("blocks_3_lif1");
    assertThat(neurons.type()).isEqualTo("LIF");
    assertThat(neurons.field("tau").shape()).containsExactly(4, 4, 4);
    assertThat(neurons.doubles("tau")).containsOnly(2e-4);
    assertThat(neurons.doubles("r")).containsOnly(2);
    assertThat(neurons.doubles("v_threshold")).containsOnly(1);
    assertThat(neurons.doubles("v_leak")).containsOnly(0);
    assertThat(neurons.doubles("v_reset")).containsOnly(0);
  }

  @Test
  void aNeuronThatDoesNotLeakIsAnotherNode() {
    PackedModel model = RandomModels.with(RandomModels.vgg(1, 1, 32, 1), neuron(1f, 0.5f));
    NirNode node = NirExport.graph(model, NirModels.SHA256).nodes().get("lifs_7");

    assertThat(node.type()).isEqualTo("IF");
    assertThat(node.fields().keySet()).containsExactlyInAnyOrder("r", "v_threshold", "v_reset");
    assertThat(node.doubles("r")).containsOnly(1 / NirExport.DT);
    assertThat(node.doubles("v_threshold")).containsOnly(0.5);
  }

  @Test
  void aSoftResetIsRefusedByItsKey() {
    LifNeuron soft = new LifNeuron(Quantization.AFTER_RESET, Firing.ABOVE, 0.5f, 1f, Reset.SOFT);
    PackedModel model = RandomModels.with(RandomModels.vgg(1, 1, 32, 1), soft);

    assertThatThrownBy(() -> NirExport.graph(model, NirModels.SHA256))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("NIR: network.neuron.reset must be hard; found soft; no node of NIR has it");
  }

  /** v = ½ v + x: ¾ stays, ⅜ + ⅝ is 1 and does not fire, ½ + ¾ fires, and nothing is left. */
  @Test
  void aNeuronThatAPocketCalculatorChecks() {
    NirNode node =
        NirExport.graph(RandomModels.vgg(1, 1, 32, 1), NirModels.SHA256).nodes().get("lifs_7");
    int neurons = node.doubles("tau").length;
    NirNeurons operator = new NirNeurons(node, 2, NirExport.DT);
    float[] currents = {0.75f, 0.625f, 0.75f, 1f, -3f};
    float[] spikes = {0, 0, 1, 0, 0};
    for (int t = 0; t < currents.length; t++) {
      float[] x = new float[2 * neurons];
      Arrays.fill(x, neurons, x.length, currents[t]);
      float[] expected = new float[x.length];
      Arrays.fill(expected, neurons, x.length, spikes[t]);
      assertThat(operator.apply(x)).as("timestep %d", t).containsExactly(expected);
    }
  }

  @Test
  void aMaxPoolIsACountAndAThreshold() {
    NirGraph graph = NirExport.graph(NirModels.maxPooled(1, 1, 32, 1), NirModels.SHA256);
    assertThat(graph.nodes().get("lifs_1_counts").type()).isEqualTo("SumPool2d");
    assertThat(graph.nodes().get("lifs_1_pool").type()).isEqualTo("Threshold");
    assertThat(graph.nodes().get("lifs_1_pool").doubles("threshold")).containsOnly(0.5);
    assertThat(graph.sources("lifs_1_pool")).containsExactly("lifs_1_counts");
    assertThat(graph.sources("convs_2_conv")).containsExactly("lifs_1_pool");
  }

  @Test
  void theSameModelGivesTheSameBytesAndTheSameGraphBack() throws Exception {
    PackedModel model = RandomModels.resNet(2, 2, 8, 3);
    byte[] file = NirModels.file(model, folder);
    assertThat(NirModels.file(model, folder)).isEqualTo(file);

    try (HdfFile root = HdfFile.fromBytes(file)) {
      assertThat(root.getAttributes()).as("names of programs and machines").isEmpty();
    }
    NirGraph written = NirExport.graph(model, NirModels.SHA256);
    NirGraph read = NirFile.read(file, "written");
    assertThat(read.edges()).isEqualTo(written.edges());
    assertThat(read.metadata()).isEqualTo(written.metadata());
    assertThat(new TreeSet<>(read.nodes().keySet()))
        .isEqualTo(new TreeSet<>(written.nodes().keySet()));
    written
        .nodes()
        .forEach(
            (name, node) ->
                assertThat(read.nodes().get(name)).usingRecursiveComparison().isEqualTo(node));
  }

  @Test
  void whatIsNoGraphIsRefused() {
    assertThatThrownBy(() -> NirFile.read(new byte[100], "zeros"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("zeros: must be a NIR file");

    NirNode input = new NirNode("Input", Map.of("shape", NirArray.list(1)));
    Map<String, NirNode> nodes =
        Map.of("input", input, "output", new NirNode("Output", input.fields()));
    assertThatThrownBy(
            () -> new NirGraph(nodes, List.of(new Edge("input", "lost")), Map.of()).order())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("lost");
    List<Edge> cycle = List.of(new Edge("input", "output"), new Edge("output", "output"));
    assertThatThrownBy(() -> new NirGraph(nodes, cycle, Map.of()).order())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("free of cycles");
    assertThatThrownBy(
            () ->
                new NirSimulation(
                    new NirGraph(
                        Map.of("input", new NirNode("Delay", Map.of())), List.of(), Map.of()),
                    1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Delay");
  }
}
