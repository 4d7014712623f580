package org.qsnn.nir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.deploy.RandomModels;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.LifNeuron.Firing;
import org.qsnn.model.LifNeuron.Quantization;
import org.qsnn.model.LifNeuron.Reset;
import org.qsnn.model.PackedModel;
import org.qsnn.tensor.NativeRuntime;

/** Another program, with another HDF5 library, reads what was written and answers alike. */
class NirReaderTest {
  private static final long SECONDS = 120;

  @TempDir Path folder;

  @Test
  void aProgramInPythonAnswersAsTheSimulation() throws Exception {
    Optional<String> python = python();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(python).as("a Python with h5py must be installed where CI=true").isPresent();
    }
    assumeTrue(python.isPresent(), "there is no Python with h5py");
    NativeRuntime.start();
    check(python.get(), NirModels.inSteps(RandomModels.resNet(2, 3, 32, 1)));
    check(python.get(), NirModels.inSteps(RandomModels.vgg(2, 3, 4, 2)));
    check(python.get(), NirModels.inSteps(NirModels.maxPooled(2, 2, 2, 3)));
    LifNeuron fires = new LifNeuron(Quantization.AFTER_RESET, Firing.ABOVE, 1f, 1.5f, Reset.HARD);
    check(python.get(), RandomModels.with(NirModels.inSteps(RandomModels.vgg(2, 3, 32, 4)), fires));
  }

  private static Optional<String> python() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      Process process;
      try {
        process = new ProcessBuilder(python, "-c", "import h5py").start();
      } catch (IOException e) {
        continue;
      }
      if (process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return Optional.of(python);
      }
    }
    return Optional.empty();
  }

  private void check(String python, PackedModel model) throws Exception {
    int timesteps = model.spec().timesteps();
    float[] input = NirModels.input(model.spec(), 1, new Random(7));
    byte[] file = NirModels.file(model, folder);
    Path samples = folder.resolve("input");
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * input.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(input);
    Files.write(samples, bytes.array());
    Path graph = folder.resolve("graph.nir");
    Files.write(graph, file);
    List<String> lines = run(python, graph, samples, timesteps);

    assertThat(lines).hasSize(timesteps);
    int frame = input.length / timesteps;
    try (NirSimulation simulation = new NirSimulation(NirFile.read(file, "written"), 1)) {
      for (int t = 0; t < timesteps; t++) {
        float[] expected = simulation.step(Arrays.copyOfRange(input, t * frame, (t + 1) * frame));
        float[] found = new float[expected.length];
        String[] logits = lines.get(t).split(" ");
        for (int k = 0; k < found.length; k++) {
          found[k] = Float.parseFloat(logits[k]);
        }
        assertThat(found).as("timestep %d", t).containsExactly(expected, Offset.offset(1e-5f));
      }
    }
  }

  private List<String> run(String python, Path graph, Path samples, int timesteps)
      throws Exception {
    Path script = folder.resolve("run_nir.py");
    try (InputStream in = NirReaderTest.class.getResourceAsStream("run_nir.py")) {
      Files.write(script, in.readAllBytes());
    }
    Path output = folder.resolve("output");
    List<String> command =
        Stream.of(python, script, graph, samples, timesteps).map(Object::toString).toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean isOver = process.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!isOver) {
      process.destroyForcibly();
    }
    assertThat(isOver).as("%s ends in time", command).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readAllLines(output);
  }
}
