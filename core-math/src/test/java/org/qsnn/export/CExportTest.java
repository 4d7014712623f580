package org.qsnn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerReadout;
import org.qsnn.deploy.RandomModels;
import org.qsnn.model.LifNeuron;

class CExportTest {
  private static final String SHA256 = CProgram.SHA256;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "clang"})
  void theProgramAnswersAsTheRunnerWithoutAWarning(String compiler) throws Exception {
    CProgram.requireInstalled(compiler);
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
    check(compiler, "once", IntegerNetwork.of(RandomModels.vgg(5, 1, 4, 9)));
    // Population counts, by the compiler where the machine has them.
    IntegerNetwork planes = IntegerNetwork.of(RandomModels.vgg(5, 2, 4, 9));
    check(compiler, "native", planes, "-march=native");
    check(compiler, "portable", planes, "-march=native", "-DMODEL_PORTABLE");
  }

  private void check(String compiler, String name, IntegerNetwork network, String... options)
      throws Exception {
    CProgram program = CProgram.write(folder.resolve(name), network);
    List<String> command = new ArrayList<>(List.of(compiler, "-std=c99", "-O1", "-Werror"));
    command.addAll(List.of("-Wall", "-Wextra", "-Wconversion", "-pedantic"));
    command.addAll(List.of("-fsanitize=undefined,address", "-fno-sanitize-recover=all"));
    command.addAll(List.of(options));
    command.addAll(List.of("-o", "classify", "main.c", "model.c"));
    program.run(command);
    Random random = new Random(4);
    for (int i = 0; i < 2; i++) {
      byte[] bytes = program.input(random);
      Files.write(program.folder().resolve("input"), bytes);
      assertThat(program.run(List.of("./classify")))
          .as("%s with %s, %d bytes of input", name, compiler, bytes.length)
          .isEqualTo(expected(program, bytes));
    }
  }

  private static String expected(CProgram program, byte[] input) {
    long[] scores = program.scores(input);
    StringBuilder text = new StringBuilder().append(IntegerReadout.prediction(scores));
    for (long score : scores) {
      text.append('\n').append(score);
    }
    return text.append('\n').toString();
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
