package org.qsnn.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.JavaProcess;
import org.qsnn.tensor.JvmOptions;

/**
 * A loop that the compiler gives up on is still right, and much slower, in some processes only. So
 * its own account is read.
 */
class VectorLoopsTest {
  /** How a method of ours is announced to the compiler; its lines follow. */
  private static final Pattern TASK = Pattern.compile("<task [^>]*method='org\\.qsnn\\.[^>]*");

  private static final Pattern NAME =
      Pattern.compile("method='org\\.qsnn\\.\\w+\\.(\\w+ [\\w&;]+)( [^']*)'");

  /** Methods of classes {@code Vector…} with a loop of their own; some have the same name. */
  private static final int LOOPS = 54;

  private static final Pattern CLASS = Pattern.compile("<klass id='(\\d+)' name='([^']*)'");
  private static final Pattern METHOD = Pattern.compile("<method id='(\\d+)' holder='(\\d+)'");
  private static final Pattern LATE = Pattern.compile("<late_inline method='(\\d+)'");
  private static final String INSTRUCTION = "<intrinsic id='_Vector";

  /**
   * What became of a loop.
   *
   * @param signature tells methods of one name apart
   * @param operations calls that stand for an instruction
   * @param instructions those that became one
   * @param late calls of the Vector API that were put off, because the method had grown too large
   */
  private record Loop(String name, String signature, int operations, int instructions, int late) {}

  @TempDir private Path folder;

  /**
   * With the widest vectors that this processor has, as commands ask of a JVM; and with 256 bits in
   * a JVM of which nothing is asked, where callers take loops in.
   */
  @ParameterizedTest
  @CsvSource({"3, true", "2, false"})
  void everyOperationOfAVectorLoopBecomesAnInstruction(int avx, boolean isAsked) throws Exception {
    List<Loop> loops = loops(compile(avx, isAsked));

    List<Loop> vectors =
        loops.stream()
            .filter(loop -> loop.name().startsWith("Vector") && loop.operations() > 0)
            .toList();
    assertThat(vectors)
        .extracting(Loop::name)
        .contains(
            "VectorBeforeFiringEquations backward",
            "VectorBeforeFiringEquations quantize",
            "VectorGatherSums gatherRow",
            "VectorGatherSums gatherSquares",
            "VectorLifEquations addSpikes",
            "VectorLifEquations backward",
            "VectorLifEquations fire",
            "VectorLifEquations leak",
            "VectorLifEquations store",
            "VectorMatrixProduct addTwo",
            "VectorPackedGatherSums addTo",
            "VectorPackedGatherSums gatherSquares",
            "VectorPackedSums add3",
            "VectorPackedSums add4",
            "VectorPackedSums copyRows",
            "VectorPackedSums largeTables",
            "VectorPackedSums table",
            "VectorPackedSums tables",
            "VectorPackedSums unpack",
            "VectorPlaneCopies copyRows",
            "VectorPlaneCopies list",
            "VectorPlaneCopies pack",
            "VectorReductions largestMagnitude",
            "VectorReductions moments",
            "VectorReductions product",
            "VectorReductions sum",
            "VectorRowSums add3",
            "VectorRowSums add4",
            "VectorRowSums table",
            "VectorSliceSums add",
            "VectorSliceSums addNumbers",
            "VectorSliceSums addTo",
            "VectorSliceSums shift",
            "VectorSliceSums spread",
            "VectorSpikeRowSums add1",
            "VectorSpikeRowSums add2",
            "VectorSpikeRowSums add3",
            "VectorSpikeRowSums add4",
            "VectorSpikeRowSums unpack",
            "VectorStochasticRounding magnitudes",
            "VectorStochasticRounding round",
            "VectorSurrogateGradient arctangent",
            "VectorSurrogateGradient rectangle",
            "VectorSurrogateGradient sigmoid",
            "VectorSurrogateGradient triangle",
            "VectorTableSums add",
            "VectorTableSums largeTables",
            "VectorTableSums tables",
            "VectorTableSums unpack");
    assertThat(vectors.stream().map(loop -> loop.name() + loop.signature()).distinct())
        .as("vector loops in the compiler's log")
        .hasSizeGreaterThanOrEqualTo(LOOPS);
    assertThat(loops)
        .allSatisfy(
            loop -> {
              assertThat(loop.instructions()).as(loop.name()).isEqualTo(loop.operations());
              assertThat(loop.late()).as(loop.name()).isZero();
            });
  }

  private Path compile(int avx, boolean isAsked) throws IOException, InterruptedException {
    Path log = folder.resolve("compiler.xml");
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:UseAVX=" + avx,
                "-Xbatch", // whatever the compiler has to do is done before the loop goes on
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+LogCompilation",
                "-XX:LogFile=" + log));
    if (isAsked) {
      options.addAll(List.of(JvmOptions.OF_DRIVERS.split(" ")));
    }
    JavaProcess.run(
        folder.resolve("output.txt"), options, VectorLoops.class, Boolean.toString(isAsked));
    return log;
  }

  private static List<Loop> loops(Path log) throws IOException {
    List<Loop> loops = new ArrayList<>();
    // Names may be in any encoding; what is looked for is ASCII.
    String text = Files.readString(log, StandardCharsets.ISO_8859_1);
    Matcher task = TASK.matcher(text);
    while (task.find()) {
      Matcher name = NAME.matcher(task.group());
      boolean isOptimizing = !task.group().contains(" level=");
      if (isOptimizing && name.find()) {
        int end = text.indexOf("</task>", task.end());
        loops.add(loop(name, text.substring(task.end(), end)));
      }
    }
    return loops;
  }

  private static Loop loop(Matcher name, String lines) {
    Map<String, String> classes = new HashMap<>();
    CLASS.matcher(lines).results().forEach(found -> classes.put(found.group(1), found.group(2)));
    Map<String, String> holders = new HashMap<>();
    METHOD
        .matcher(lines)
        .results()
        .forEach(found -> holders.put(found.group(1), classes.get(found.group(2))));
    int operations = 0;
    int late = 0;
    Matcher call = LATE.matcher(lines);
    while (call.find()) {
      String holder = holders.getOrDefault(call.group(1), "");
      if (holder.endsWith("VectorSupport")) {
        operations++;
      } else if (holder.startsWith("jdk.incubator.vector")) {
        late++;
      }
    }
    int instructions = lines.split(INSTRUCTION, -1).length - 1;
    return new Loop(name.group(1), name.group(2), operations, instructions, late);
  }
}
