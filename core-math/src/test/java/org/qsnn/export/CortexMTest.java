package org.qsnn.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerReadout;
import org.qsnn.deploy.RandomModels;

/** Exported programs on bare microcontrollers, which qemu emulates. */
class CortexMTest {
  private static final String COMPILER = "arm-none-eabi-gcc";
  private static final String EMULATOR = "qemu-system-arm";

  /** Of what a compiler may leave unused in front of a constant. */
  private static final int MOST_PADDING = 7;

  @TempDir Path folder;

  /** Machines of qemu, and the cores that they have or whose instructions theirs knows. */
  private enum Board {
    CORTEX_M0_PLUS("cortex-m0plus", "microbit", "0", "0x20000000"),
    CORTEX_M3("cortex-m3", "mps2-an385", "0", "0x20000000"),
    CORTEX_M4("cortex-m4", "mps2-an386", "0", "0x20000000"),
    CORTEX_M33("cortex-m33", "mps2-an505", "0x10000000", "0x38000000");

    private final String core;
    private final String machine;
    private final String flash;
    private final String ram;

    Board(String core, String machine, String flash, String ram) {
      this.core = core;
      this.machine = machine;
      this.flash = flash;
      this.ram = ram;
    }

    List<String> compiler(String... arguments) {
      List<String> command = new ArrayList<>(List.of(COMPILER, "-mthumb", "-mcpu=" + core));
      command.addAll(List.of("-std=c99", "-Os", "-ffreestanding", "-Werror", "-Wall", "-Wextra"));
      command.addAll(List.of("-Wconversion", "-pedantic"));
      command.addAll(List.of(arguments));
      return command;
    }

    /** Without a library but the compiler's own, of 64-bit shifts and divisions. */
    List<String> linker() {
      return compiler(
          "-nostdlib",
          "-o",
          "program",
          "cortex.c",
          "model.o",
          "-T",
          "cortex.ld",
          "-Wl,--defsym=FLASH=" + flash + ",--defsym=RAM=" + ram,
          "-lgcc");
    }

    List<String> emulator() {
      List<String> command = new ArrayList<>(List.of(EMULATOR, "-M", machine, "-nographic"));
      command.addAll(List.of("-monitor", "none", "-serial", "none", "-kernel", "program"));
      command.addAll(List.of("-semihosting-config", "enable=on,target=native"));
      return command;
    }
  }

  @ParameterizedTest
  @EnumSource(Board.class)
  void aMicrocontrollerAnswersAsTheRunnerAndNeedsWhatTheHeaderSays(Board board) throws Exception {
    CProgram.assumeInstalled(COMPILER, EMULATOR, "arm-none-eabi-nm", "arm-none-eabi-size");
    for (int bits : new int[] {2, 4, 8}) {
      check(board, "r" + bits, IntegerNetwork.of(RandomModels.resNet(3, 3, bits, bits)));
      check(board, "v" + bits, IntegerNetwork.of(RandomModels.vgg(2, 3, bits, bits)));
    }
    check(board, "once", IntegerNetwork.of(RandomModels.vgg(5, 1, 4, 9)));
    for (String layers : RandomModels.networks()) {
      String name = "c" + RandomModels.networks().indexOf(layers);
      check(board, name, IntegerNetwork.of(RandomModels.custom(layers, 4, 2)));
    }
  }

  private void check(Board board, String name, IntegerNetwork network) throws Exception {
    CProgram program = CProgram.write(folder.resolve(name), network);
    for (String file : List.of("cortex.c", "cortex.ld")) {
      try (InputStream in = CortexMTest.class.getResourceAsStream(file)) {
        Files.copy(in, program.folder().resolve(file));
      }
    }
    byte[] input = program.input(new Random(4));
    Files.writeString(program.folder().resolve("input.h"), numbers(network, input));
    program.run(board.compiler("-c", "model.c"));
    program.run(board.linker());
    checkAnswers(name, program.scores(input), program.run(board.emulator()).lines().toList());
    checkSizes(name, program);
  }

  private static String numbers(IntegerNetwork network, byte[] input) {
    StringBuilder text = new StringBuilder();
    if (network.input().isSteady()) {
      for (byte value : input) {
        text.append(value & 0xFF).append(",\n");
      }
    } else {
      for (short value : CProgram.numbers(input)) {
        text.append(value).append(",\n");
      }
    }
    return text.toString();
  }

  private static void checkAnswers(String name, long[] scores, List<String> lines) {
    assertThat(values(lines, "selftest")).as("self-test of %s", name).containsExactly(0L);
    assertThat(values(lines, "class"))
        .as("class by %s", name)
        .containsExactly((long) IntegerReadout.prediction(scores));
    assertThat(values(lines, "score")).as("scores by %s", name).containsExactly(scores);
  }

  private static long[] values(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what + " "))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(what.length() + 1), 16))
        .toArray();
  }

  private static void checkSizes(String name, CProgram program) throws Exception {
    CExport export = new CExport(program.network(), "model", CProgram.SHA256);
    List<String> lines = Files.readAllLines(program.folder().resolve("output"));
    IntegerNetwork network = program.network();
    assertThat(values(lines, "stack")[0])
        .as("stack of %s", name)
        .isLessThan(400 + 4L * network.layers().size() + 8L * network.classes());
    long constants = 0;
    int symbols = 0;
    for (String line : program.run(List.of("arm-none-eabi-nm", "-S", "model.o")).lines().toList()) {
      String[] words = line.split(" ");
      if (words.length == 4 && words[2].equals("r")) {
        constants += Long.parseLong(words[1], 16);
        symbols++;
      }
    }
    assertThat(constants).as("constants of %s", name).isEqualTo(export.flashBytes());
    assertThat(section(program, "model.o", ".rodata"))
        .as("constants of %s with what aligns them", name)
        .isBetween(constants, constants + (long) MOST_PADDING * symbols);
    assertThat(section(program, "model.o", ".data")).as("variables of %s", name).isZero();
    assertThat(section(program, "model.o", ".bss")).as("memory of %s", name).isZero();
    long memory = export.ramBytes() + program.inputBytes() + 8L * network.classes();
    assertThat(section(program, "program", ".bss"))
        .as("arena, input and scores of %s", name)
        .isBetween(memory, memory + 3L * MOST_PADDING);
  }

  private static long section(CProgram program, String file, String name) throws Exception {
    return program
        .run(List.of("arm-none-eabi-size", "-A", file))
        .lines()
        .map(line -> line.trim().split(" +"))
        .filter(words -> words[0].equals(name))
        .mapToLong(words -> Long.parseLong(words[1]))
        .sum();
  }
}
