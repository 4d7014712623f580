package org.qsnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.JavaProcess;

class ServerCompilerTest {
  /** A line of -XX:+PrintCompilation: time, number, marks, level and method. */
  private static final String BY_THE_SERVER_COMPILER = "\\s+\\d+\\s+\\d+[\\s%!sbn]+4\\s+";

  @TempDir private Path folder;

  @Test
  void compilesThisProgramsLoopsAndNotJavas() throws Exception {
    List<String> lines = run(List.of());

    assertThat(lines).contains("true");
    assertThat(lines).anyMatch(isCompiled("org.qsnn.tensor.CompiledLoops::powers"));
    assertThat(lines).noneMatch(isCompiled("java.util.BitSet::nextSetBit"));
  }

  @Test
  void whatTheUserSaysHolds() throws Exception {
    Path own = folder.resolve("own.json");
    Files.writeString(own, "[{match: \"a/B.c\", c2: {Exclude: true}}]");

    List<String> lines =
        run(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:CompilerDirectivesFile=" + own));

    assertThat(lines).contains("false");
    assertThat(lines).anyMatch(isCompiled("java.util.BitSet::nextSetBit"));
  }

  static List<String> callers() {
    return ServerCompiler.CALLERS;
  }

  /** Else a class that is renamed would be compiled again, and nobody would notice. */
  @ParameterizedTest
  @MethodSource("callers")
  void callersAreClasses(String name) throws ClassNotFoundException {
    Class<?> caller = Class.forName(name.replace('/', '.'), false, getClass().getClassLoader());

    assertThat(caller.getPackageName()).startsWith("org.qsnn");
  }

  @Test
  void everyVectorLoopIsCompiledForItself() throws IOException {
    Path classes = Path.of("target", "classes");
    try (Stream<Path> files = Files.walk(classes)) {
      List<String> loops =
          files
              .map(file -> classes.relativize(file).toString())
              .filter(name -> name.matches("org/qsnn/.*/Vector\\w+[.]class"))
              .filter(name -> !name.startsWith("org/qsnn/deploy")) // a program of its own
              .toList();

      assertThat(loops).isNotEmpty();
      assertThat(loops)
          .allSatisfy(loop -> assertThat(ServerCompiler.KERNELS).anyMatch(loop::startsWith));
    }
  }

  private static Predicate<String> isCompiled(String method) {
    return line -> line.matches(BY_THE_SERVER_COMPILER + method + " .*");
  }

  private List<String> run(List<String> options) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-Xbatch", "-XX:+PrintCompilation"));
    JavaProcess.run(output, all, CompiledLoops.class);
    return Files.readAllLines(output);
  }
}
