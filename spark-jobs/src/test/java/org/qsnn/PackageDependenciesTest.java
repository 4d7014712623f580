package org.qsnn;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
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
import com.tngtech.archunit.core.importer.Location;
import java.io.File;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may import which: a new package, or a new arrow, is a line here. */
class PackageDependenciesTest {
  /** Every package may also use all of core-math. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          entry("config", List.of("dataset")),
          entry("storage", List.of("json")),
          entry("dataset", List.of("storage")),
          entry("prepared", List.of("dataset", "json", "storage")),
          entry("download", List.of()),
          entry("predict", List.of("dataset", "prepared", "storage")),
          entry("json", List.of()),
          entry("picture", List.of()),
          entry("text", List.of()),
          entry("run", List.of("json", "storage", "text")),
          entry("inspect", List.of("json", "picture", "run", "storage", "text")),
          entry("distributed", List.of("json", "prepared", "yarn")),
          entry("yarn", List.of()),
          entry("bench", List.of("distributed", "json")),
          entry("cluster", List.of("json", "storage")),
          entry("failure", List.of("distributed", "storage")),
          entry(
              "sweep",
              List.of(
                  "config",
                  "distributed",
                  "failure",
                  "json",
                  "prepared",
                  "run",
                  "storage",
                  "text",
                  "training")),
          entry(
              "training",
              List.of("config", "dataset", "distributed", "prepared", "run", "storage")),
          entry(
              "catalog",
              List.of("config", "dataset", "json", "run", "storage", "sweep", "text", "training")),
          entry(
              "report",
              List.of(
                  "config",
                  "dataset",
                  "json",
                  "picture",
                  "run",
                  "storage",
                  "sweep",
                  "text",
                  "training")),
          entry(
              "notebook",
              List.of(
                  "config",
                  "dataset",
                  "predict",
                  "prepared",
                  "report",
                  "run",
                  "storage",
                  "training")),
          entry(
              "job",
              List.of(
                  "catalog",
                  "report",
                  "sweep",
                  "training",
                  "bench",
                  "cluster",
                  "distributed",
                  "failure",
                  "inspect",
                  "json",
                  "run",
                  "config",
                  "dataset",
                  "download",
                  "predict",
                  "prepared",
                  "storage",
                  "yarn")));

  private static final String DELETION = "org.qsnn.storage.Deletion";

  private static final List<String> MAY_DELETE_A_LOCAL_FILE =
      List.of(
          "org.qsnn.bench.ComparedCommand",
          "org.qsnn.cluster.ClusterFolder",
          "org.qsnn.cluster.ClusterState",
          "org.qsnn.download.Download",
          "org.qsnn.distributed.ExecutorScratch",
          "org.qsnn.job.NirBytes",
          "org.qsnn.run.RunLog");

  private static final Pattern CORE_MATH =
      Pattern.compile(".*/core-math(/target/classes/|-[^/]*\\.jar!/).*");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(PackageDependenciesTest::isOfThisModule)
          .importPackages("org.qsnn");

  private static boolean isOfThisModule(Location location) {
    return !location.matches(CORE_MATH);
  }

  @TestFactory
  Stream<DynamicTest> packageImportsOnlyWhatItsRowNames() {
    return MAY_IMPORT.entrySet().stream()
        .map(row -> dynamicTest(row.getKey(), () -> check(row.getKey(), row.getValue())));
  }

  private static void check(String name, List<String> mayImport) {
    String[] allowed =
        Stream.concat(Stream.of(name), mayImport.stream())
            .map(PackageDependenciesTest::qualified)
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> ofThisModule = resideInAnyPackage(allOfThisModule());
    noClasses()
        .that()
        .resideInAPackage(qualified(name))
        .should()
        .dependOnClassesThat(ofThisModule.and(DescribedPredicate.not(resideInAnyPackage(allowed))))
        .because("%s may import %s and core-math".formatted(name, mayImport))
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
        .map(used -> used.substring("org.qsnn.".length()))
        .collect(Collectors.toSet());
  }

  private static String[] allOfThisModule() {
    return MAY_IMPORT.keySet().stream()
        .map(PackageDependenciesTest::qualified)
        .toArray(String[]::new);
  }

  private static String qualified(String name) {
    return "org.qsnn." + name;
  }

  @Test
  void everyPackageHasARow() {
    classes().should().resideInAnyPackage(allOfThisModule()).check(CLASSES);
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

  /**
   * A Hadoop configuration may be handed through; everything else of Hadoop is storage's, but for
   * what YARN alone can say.
   */
  @Test
  void onlyStorageAndYarnUseHadoop() {
    DescribedPredicate<JavaClass> hadoop = resideInAPackage("org.apache.hadoop..");
    noClasses()
        .that()
        .resideOutsideOfPackages("org.qsnn.storage", "org.qsnn.yarn")
        .should()
        .dependOnClassesThat(hadoop.and(DescribedPredicate.not(type(Configuration.class))))
        .check(CLASSES);
  }

  @Test
  void onlyDataPredictionsDistributedAndBenchUseResilientDistributedDatasets() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.qsnn.prepared", "org.qsnn.predict", "org.qsnn.distributed", "org.qsnn.bench")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.spark.rdd", "org.apache.spark.api.java.."))
        .check(CLASSES);
  }

  @Test
  void configurationAndStorageDoNotKnowSpark() {
    noClasses()
        .that()
        .resideInAnyPackage("org.qsnn.config", "org.qsnn.storage")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(CLASSES);
  }

  /** A whole folder is deleted in one case: it is a temporary that this process made. */
  @Test
  void onlyTemporariesAreDeletedWithAllThatIsInThem() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(DELETION)
        .should()
        .callMethodWhere(target(owner(assignableTo(FileSystem.class))).and(target(name("delete"))))
        .orShould()
        .callMethodWhere(target(owner(assignableTo(FileContext.class))).and(target(name("delete"))))
        .check(CLASSES);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.qsnn.storage.Temporaries")
        .should()
        .callMethodWhere(
            target(owner(DescribedPredicate.describe("", type -> type.getName().equals(DELETION))))
                .and(target(name("ofTemporary"))))
        .check(CLASSES);
  }

  @Test
  void nothingElseDeletesFolders() {
    noClasses()
        .should()
        .callMethodWhere(
            target(nameMatching("(?i)delete(dir|directory|recursive|contents).*|fullyDelete.*")))
        .orShould()
        .callMethodWhere(target(nameMatching("forceDelete.*|deleteQuietly|deleteOnExit")))
        .orShould()
        .callMethodWhere(target(owner(type(File.class))).and(target(nameMatching("delete.*"))))
        .check(CLASSES);
  }

  /** Each deletes single files that it made, of names that it gave, and does not look for more. */
  @Test
  void onlyTheseDeleteLocalFiles() {
    DescribedPredicate<JavaClass> mayDelete =
        DescribedPredicate.describe(
            "may delete a local file", type -> MAY_DELETE_A_LOCAL_FILE.contains(type.getName()));
    noClasses()
        .that(DescribedPredicate.not(mayDelete))
        .should()
        .callMethodWhere(target(owner(type(Files.class))).and(target(nameMatching("delete.*"))))
        .check(CLASSES);
    noClasses()
        .that(mayDelete)
        .should()
        .callMethodWhere(
            target(owner(type(Files.class))).and(target(nameMatching("walk|walkFileTree|find"))))
        .check(CLASSES);
  }
}
