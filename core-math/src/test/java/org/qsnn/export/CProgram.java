package org.qsnn.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerRunner;
import org.qsnn.deploy.RandomModels;

/**
 * A network that was exported to a folder, as {@code model}.
 *
 * @param folder of its own
 */
record CProgram(Path folder, IntegerNetwork network) {
  static final String SHA256 = "0".repeat(64);
  private static final long SECONDS = 120;

  /** Skips a test without the program, which must be there with CI=true. */
  static void requireInstalled(String command) {
    boolean isThere = isThere(command);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isThere).as("%s must be installed where CI=true", command).isTrue();
    }
    assumeTrue(isThere, command + " is not installed");
  }

  /** Skips a test without the programs, which not every machine can have. */
  static void assumeInstalled(String... commands) {
    for (String command : commands) {
      assumeTrue(isThere(command), command + " is not installed");
    }
  }

  private static boolean isThere(String command) {
    for (String place : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(place, command))) {
        return true;
      }
    }
    return false;
  }

  static CProgram write(Path folder, IntegerNetwork network) throws IOException {
    Files.createDirectory(folder);
    for (Map.Entry<String, String> file :
        new CExport(network, "model", SHA256).files().entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    return new CProgram(folder, network);
  }

  /** Bytes of an image, or of frames the lower byte of each number first. */
  byte[] input(Random random) {
    if (network.input().isSteady()) {
      byte[] bytes = new byte[network.input().frameLength()];
      random.nextBytes(bytes);
      return bytes;
    }
    short[] numbers = RandomModels.input(network, random);
    byte[] bytes = new byte[2 * numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      bytes[2 * i] = (byte) numbers[i];
      bytes[2 * i + 1] = (byte) (numbers[i] >> 8);
    }
    return bytes;
  }

  /** What an input takes: bytes of an image, or two bytes a number of frames. */
  int inputBytes() {
    int frame = network.input().frameLength();
    return network.input().isSteady() ? frame : 2 * frame * network.timesteps();
  }

  /** What the runner answers. */
  long[] scores(byte[] input) {
    IntegerRunner runner = new IntegerRunner(network);
    short[] numbers = network.input().isSteady() ? network.input().ofImage(input) : numbers(input);
    return runner.scores(numbers, runner.arena());
  }

  /** Frames of such bytes. */
  static short[] numbers(byte[] bytes) {
    short[] numbers = new short[bytes.length / 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (short) ((bytes[2 * i] & 0xFF) | (bytes[2 * i + 1] << 8));
    }
    return numbers;
  }

  /** What a command in the folder prints; it reads the file {@code input} if there is one. */
  String run(List<String> command) throws IOException, InterruptedException {
    Path input = folder.resolve("input");
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
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
}
