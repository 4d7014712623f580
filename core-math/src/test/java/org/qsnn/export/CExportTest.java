package org.qsnn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerReadout;
import org.qsnn.deploy.IntegerRunner;
import org.qsnn.deploy.RandomModels;
import org.qsnn.model.LifNeuron;

class CExportTest {
  private static final String SHA256 = "0".repeat(64);
  private static final long SECONDS = 120;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "clang"})
  void theProgramAnswersAsTheRunnerWithoutAWarning(String compiler) throws Exception {
    boolean isThere = isThere(compiler);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isThere).as("%s must be installed where CI=true", compiler).isTrue();
    }
    assumeTrue(isThere, compiler + " is not installed");
    for (int bits : new int[] {2, 4, 8, RandomModels.MIXED}) {
      check(compiler, "r" + bits, IntegerNetwork.of(RandomModels.resNet(3, 3, bits, bits)));
      check(compiler, "v" + bits, IntegerNetwork.of(RandomModels.vgg(2, 3, bits, bits)));
    }
    for (LifNeuron neuron : RandomModels.neurons()) {
      check(
          compiler,
          "n" + RandomModels.neurons().indexOf(neuron),
          IntegerNetwork.of(
              RandomModels.with(RandomModels.vgg(2, 3, RandomModels.MIXED, 1), neuron)));
    }
    for (String layers : RandomModels.networks()) {
      check(
          compiler,
          "c" + RandomModels.networks().indexOf(layers),
          IntegerNetwork.of(RandomModels.custom(layers, RandomModels.MIXED, 2)));
    }
    check(compiler, "once", IntegerNetwork.of(RandomModels.vgg(5, 1, 4, 9)), "-DMODEL_PORTABLE");
  }

  private static boolean isThere(String command) {
    for (String place : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(place, command))) {
        return true;
      }
    }
    return false;
  }

  private void check(String compiler, String name, IntegerNetwork network, String... options)
      throws Exception {
    Path at = Files.createDirectory(folder.resolve(name));
    write(at, network);
    List<String> command = new ArrayList<>(List.of(compiler, "-std=c99", "-O1", "-Werror"));
    command.addAll(List.of("-Wall", "-Wextra", "-Wconversion", "-pedantic"));
    command.addAll(List.of("-fsanitize=undefined,address", "-fno-sanitize-recover=all"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", "classify", "main.c", "model.c"));
    run(at, command);
    Random random = new Random(4);
    for (int i = 0; i < 2; i++) {
      byte[] bytes = input(network, random, at.resolve("input"));
      assertThat(run(at, List.of("./classify")))
          .as("%s with %s, %d bytes of input", name, compiler, bytes.length)
          .isEqualTo(expected(network, bytes));
    }
  }

  private static byte[] input(IntegerNetwork network, Random random, Path file) throws IOException {
    byte[] bytes;
    if (network.input().isSteady()) {
      bytes = new byte[network.input().frameLength()];
      random.nextBytes(bytes);
    } else {
      short[] numbers = RandomModels.input(network, random);
      bytes = new byte[2 * numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        bytes[2 * i] = (byte) numbers[i];
        bytes[2 * i + 1] = (byte) (numbers[i] >> 8);
      }
    }
    Files.write(file, bytes);
    return bytes;
  }

  private static String expected(IntegerNetwork network, byte[] bytes) {
    short[] numbers;
    if (network.input().isSteady()) {
      numbers = network.input().ofImage(bytes);
    } else {
      numbers = new short[bytes.length / 2];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (short) ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] << 8));
      }
    }
    IntegerRunner runner = new IntegerRunner(network);
    long[] scores = runner.scores(numbers, runner.arena());
    StringBuilder text = new StringBuilder().append(IntegerReadout.prediction(scores));
    for (long score : scores) {
      text.append('\n').append(score);
    }
    return text.append('\n').toString();
  }

  private static String run(Path at, List<String> command) throws Exception {
    Path input = at.resolve("input");
    Path output = at.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(at.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    if (Files.exists(input)) {
      builder.redirectInput(input.toFile());
    }
    Process process = builder.start();
    boolean isOver = process.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!isOver) {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(isOver).as("%s ends in time", command).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private static void write(Path at, IntegerNetwork network) throws IOException {
    for (Map.Entry<String, String> file :
        new CExport(network, "model", SHA256).files().entrySet()) {
      Files.writeString(at.resolve(file.getKey()), file.getValue());
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() {
    IntegerNetwork network = IntegerNetwork.of(RandomModels.vgg(1, 2, 4, 3));
    IntegerNetwork again = IntegerNetwork.of(RandomModels.vgg(1, 2, 4, 3));
    Map<String, String> files = new CExport(network, "model", SHA256).files();
    assertThat(files).containsOnlyKeys("model.h", "model.c", "model.json", "main.c");
    assertThat(files).isEqualTo(new CExport(again, "model", SHA256).files());
    assertThat(files.values()).noneMatch(text -> text.contains("@"));
  }

  @Test
  void whatIsTooLargeIsRefusedWithTheLayerThatNeedsMost() {
    CExport export =
        new CExport(IntegerNetwork.of(RandomModels.resNet(2, 2, 2, 3)), "model", SHA256);
    export.requireFlash(export.flashBytes());
    export.requireRam(export.ramBytes());
    assertThatThrownBy(() -> export.requireFlash(100))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--max-flash")
        .hasMessageContaining("most is for");
    assertThatThrownBy(() -> export.requireRam(100))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--max-ram")
        .hasMessageContaining("most is for");
  }

  @Test
  void aNameThatIsNoneInCIsRefused() {
    IntegerNetwork network = IntegerNetwork.of(RandomModels.vgg(1, 1, 4, 3));
    assertThatThrownBy(() -> new CExport(network, "7-up", SHA256))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--prefix");
  }
}
