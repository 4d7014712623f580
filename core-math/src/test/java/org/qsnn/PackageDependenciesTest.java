package org.qsnn;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may import which: a new package, or a new arrow, is a line here. */
class PackageDependenciesTest {
  /** Every package may also use {@code org.qsnn} itself: the failures that a user can act on. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          entry("tensor", List.of()),
          entry("model", List.of()),
          entry("deploy", List.of("tensor", "model")),
          entry("export", List.of("deploy")),
          entry("onnx", List.of("deploy")),
          entry("nir", List.of("tensor", "model", "layer", "network", "sample", "metric")),
          entry("parameter", List.of("tensor", "model")),
          entry("quantize", List.of("model", "parameter", "metric")),
          entry("neuron", List.of("tensor", "model")),
          entry("layer", List.of("tensor", "model", "parameter", "neuron", "slice")),
          entry("slice", List.of("tensor", "model", "neuron")),
          entry("binary", List.of("tensor", "model", "layer", "neuron", "slice")),
          entry(
              "network",
              List.of("tensor", "model", "parameter", "quantize", "layer", "binary", "metric")),
          entry("event", List.of()),
          entry("frame", List.of("tensor", "model", "event")),
          entry("simulate", List.of("tensor", "event")),
          entry("sample", List.of("tensor", "model", "event", "frame")),
          entry("metric", List.of("model", "sample")),
          entry("classify", List.of("event", "model", "network", "sample", "tensor", "train")),
          entry("optimize", List.of("tensor", "parameter")),
          entry("search", List.of("tensor")),
          entry("budget", List.of("model", "metric", "train")),
          entry("checkpoint", List.of("model", "parameter", "optimize")),
          entry(
              "train",
              List.of(
                  "tensor",
                  "model",
                  "deploy",
                  "parameter",
                  "quantize",
                  "network",
                  "sample",
                  "metric",
                  "optimize",
                  "checkpoint")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.qsnn");

  @TestFactory
  Stream<DynamicTest> packageImportsOnlyWhatItsRowNames() {
    return MAY_IMPORT.entrySet().stream()
        .map(row -> dynamicTest(row.getKey(), () -> check(row.getKey(), row.getValue())));
  }

  private static void check(String name, List<String> mayImport) {
    String[] allowed =
        Stream.concat(Stream.of("", name), mayImport.stream())
            .map(PackageDependenciesTest::qualified)
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> ours = resideInAPackage("org.qsnn..");
    noClasses()
        .that()
        .resideInAPackage(qualified(name))
        .should()
        .dependOnClassesThat(ours.and(DescribedPredicate.not(resideInAnyPackage(allowed))))
        .because("%s may import %s".formatted(name, mayImport))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** A row that allows more than is used would let an arrow in unseen. */
  @TestFactory
  Stream<DynamicTest> packageUsesAllThatItsRowNames() {
    return MAY_IMPORT.entrySet().stream()
        .map(
            row ->
                dynamicTest(
                    row.getKey(),
                    () -> assertThat(used(row.getKey())).containsAll(row.getValue())));
  }

  private static Set<String> used(String name) {
    return CLASSES.stream()
        .filter(user -> user.getPackageName().equals(qualified(name)))
        .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
        .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
        .filter(used -> used.startsWith("org.qsnn."))
        .map(used -> used.substring(used.lastIndexOf('.') + 1))
        .collect(Collectors.toSet());
  }

  private static String qualified(String name) {
    return name.isEmpty() ? "org.qsnn" : "org.qsnn." + name;
  }

  @Test
  void everyPackageHasARow() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(Stream.of(""), MAY_IMPORT.keySet().stream())
                .map(PackageDependenciesTest::qualified)
                .toArray(String[]::new))
        .check(CLASSES);
  }

  /** A file is data: nothing in it names a class or is run. */
  @Test
  void nothingDeserializesObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("org.qsnn.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void knowsNeitherSparkNorHadoop() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .check(CLASSES);
  }

  @Test
  void modelNeedsOnlyJavaAndJacksonCore() {
    classes()
        .that()
        .resideInAPackage("org.qsnn.model")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "com.fasterxml.jackson.core..", "org.qsnn", "org.qsnn.model")
        .check(CLASSES);
  }

  /**
   * Streams are handed in. Where the native libraries lie is looked for, and the JVM takes its
   * compiler's directives from a file only.
   */
  @Test
  void onlyWhatPreparesTheProcessLooksAtFiles() {
    noClasses()
        .that()
        .haveNameNotMatching("org[.]qsnn[.]tensor[.](NativeRuntime|ServerCompiler)([$].*)?")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.io.File.class, java.nio.file.Files.class)
        .check(CLASSES);
  }
}
