package org.qsnn.tensor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Java's server compiler, kept for loops that compute (decision 0042). In an executor's first
 * minute two thirds of its work were methods of Spark, Hadoop, Scala and Java that are called often
 * but hardly take time; meanwhile kernels waited for it, and tasks for a core. What it does not
 * compile, Java's quick compiler does.
 */
public final class ServerCompiler {
  /** Classes of this program that call kernels, and have no loops of their own that count. */
  static final List<String> CALLERS =
      List.of(
          "org/qsnn/binary/BinaryConvolution",
          "org/qsnn/binary/FloatGradients",
          "org/qsnn/binary/PackedGradients",
          "org/qsnn/layer/NormalizedConvolution",
          "org/qsnn/layer/SpikingLayer",
          "org/qsnn/layer/SpikingPass",
          "org/qsnn/network/TrainingNetwork",
          "org/qsnn/tensor/Workspace",
          "org/qsnn/train/ShardTask");

  /**
   * Loops over vectors, by the start of their classes' names. Each is compiled for itself: a caller
   * that takes some of them in grows until the compiler puts operations off (decision 0014).
   */
  static final List<String> KERNELS =
      List.of(
          "org/qsnn/binary/Vector",
          "org/qsnn/layer/Vector",
          "org/qsnn/neuron/Vector",
          "org/qsnn/optimize/Vector",
          "org/qsnn/slice/Vector",
          "org/qsnn/tensor/Vector");

  /** This program, vectors, and what Java copies, sorts, hashes and decodes pictures with. */
  private static final List<String> COMPUTING =
      List.of(
          "org/qsnn/*",
          "jdk/incubator/*",
          "jdk/internal/misc/*",
          "jdk/internal/vm/*",
          "java/util/DualPivotQuicksort",
          "sun/security/provider/*",
          "com/sun/imageio/*",
          "java/awt/*",
          "sun/awt/*",
          "sun/java2d/*");

  private static final String OPTION = "CompilerDirectivesFile";
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

  private ServerCompiler() {}

  /** Happens once a process. */
  private static final class Directives {
    static final boolean ARE_GIVEN = give();

    /**
     * Does nothing where the user has directives of his own, or the JVM takes none: training is
     * right without them.
     */
    private static boolean give() {
      if (VectorSupport.option(OPTION).filter(file -> !file.isEmpty()).isPresent()) {
        return false;
      }
      try {
        Path file = Files.createTempFile("qsnn-compiler", ".json");
        try {
          Files.writeString(file, directives());
          return add(file);
        } finally {
          Files.delete(file);
        }
      } catch (IOException | JMException noFileOrNoCommand) {
        return false;
      }
    }

    private static boolean add(Path file) throws JMException {
      Object[] arguments = {new String[] {file.toString()}};
      String[] types = {String[].class.getName()};
      Object answer =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(new ObjectName(COMMANDS), "compilerDirectivesAdd", arguments, types);
      return answer.toString().contains("added");
    }
  }

  /**
   * Call as early as possible: what is compiled stays so.
   *
   * @return false where the JVM takes no directives, or has its user's
   */
  public static boolean compileOnlyLoops() {
    return Directives.ARE_GIVEN;
  }

  /** The first that matches a method holds. */
  private static String directives() {
    String kernels = quoted(KERNELS.stream().map(name -> "-" + name + "*.*"));
    return "[{match: ["
        + quoted(CALLERS.stream().map(name -> name + ".*"))
        + "], c2: {Exclude: true}},\n{match: ["
        + quoted(COMPUTING.stream().map(name -> name + ".*"))
        + "], c2: {Exclude: false}, inline: ["
        + kernels
        + "]},\n{match: [\"*.*\"], c2: {Exclude: true}}]\n";
  }

  private static String quoted(Stream<String> names) {
    return names.map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }
}
