package org.qsnn.failure;

import static org.qsnn.failure.FailureRule.data;
import static org.qsnn.failure.FailureRule.isA;
import static org.qsnn.failure.FailureRule.isNamed;
import static org.qsnn.failure.FailureRule.isThrownIn;
import static org.qsnn.failure.FailureRule.says;
import static org.qsnn.failure.FailureRule.setup;

import java.io.File;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsnn.storage.ConnectorPackage;

/** What Java, the system and its disks refuse. */
final class MachineRules {
  private static final String MORE_MEMORY =
      "give more with --driver-memory (--executor-memory on a cluster) or lower train.batch-size;"
          + " qsnn doctor CONF says how much a training takes";

  /** JavaCPP's property. */
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private static final String LOCAL_FOLDERS =
      "SPARK_LOCAL_DIRS=FOLDER or --conf spark.local.dir=FOLDER names another";

  /** In this order: "file not found" is also how a file without permission shows itself. */
  static final List<FailureRule> RULES =
      List.of(
          setup(
              says("unable to create native thread", "unable to create new native thread"),
              "the system gives this process no more threads; see ulimit -u, or pids.max of the"
                  + " container"),
          setup(
              says("Metaspace", "Compressed class space").and(isA(OutOfMemoryError.class)),
              "the memory for classes is exhausted ({}); give more with --driver-java-options"
                  + " -XX:MaxMetaspaceSize=512m"),
          setup(
              says("physicalBytes", "maxBytes", "direct buffer memory", "direct byte buffer"),
              "the memory off the heap, as much as the heap's, is exhausted ({}); " + MORE_MEMORY),
          setup(
              isA(OutOfMemoryError.class).or(says("java.lang.OutOfMemoryError")),
              "the heap is exhausted ({}; the driver's is "
                  + (Runtime.getRuntime().maxMemory() >> 20)
                  + " MB); "
                  + MORE_MEMORY),
          setup(
              isA(StackOverflowError.class).or(says("java.lang.StackOverflowError")),
              "the stack is exhausted: what is read is nested too deep; if it must be so,"
                  + " --driver-java-options -Xss16m takes more"),
          setup(
              isA(NoClassDefFoundError.class).and(says("jdk/incubator/vector")),
              "Java was started without its vector module; add --driver-java-options"
                  + " --add-modules=jdk.incubator.vector"),
          setup(
              isA(UnsupportedClassVersionError.class),
              "Java 17 or newer is needed; found "
                  + System.getProperty("java.version")
                  + " ({}); see JAVA_HOME"),
          setup(MachineRules::isNative, MachineRules::nativeLibrary),
          setup(
              isA(LinkageError.class),
              e ->
                  "the class path does not fit: "
                      + e.getClass().getSimpleName()
                      + ": "
                      + FailureRule.found(e)
                      + "; Spark 4 with Scala 2.13 is needed, see SPARK_HOME, --jars and --packages"),
          setup(
              isA(ClassNotFoundException.class).and(e -> connector(e).isPresent()),
              e ->
                  String.format(
                      Locale.ROOT,
                      "the file system's classes are missing (%s); add --packages %s",
                      FailureRule.found(e),
                      connector(e).orElseThrow())),
          setup(
              isA(ClassNotFoundException.class),
              "a class is missing: {}; an option of Spark or Hadoop names it: correct the option, or add"
                  + " its jar with --jars or --packages"),
          setup(
              says("invalid null input: name"),
              "the user id of a process has no name, which Hadoop needs ({}); add a line to"
                  + " /etc/passwd such as qsnn:x:UID:0::/tmp:/bin/sh, or run as a user with a name"),
          setup(
              says("LoginException", "Login failure for"),
              "Hadoop's login failed: {}; see --principal and --keytab, kinit and klist, and"
                  + " HADOOP_CONF_DIR"),
          data(
              says("No space left on device").and(isThrownIn("org.apache.spark")),
              "the disk is full ({}): the one with Spark's temporary folder, "
                  + temporaryFolder()
                  + ", unless a path is named; "
                  + LOCAL_FOLDERS),
          data(
              says("No space left on device").or(isNamed("QuotaExceededException")),
              "the disk is full: {}"),
          setup(
              says("Failed to create a temp directory", "Failed to create local dir"),
              "Spark's temporary folder cannot be written: {}; " + LOCAL_FOLDERS),
          data(
              isA(AccessDeniedException.class)
                  .or(isNamed("AccessControlException"))
                  .or(says("(Permission denied)")),
              "no permission: {}"),
          data(says("Mkdirs failed to create"), "cannot create a folder: {}"),
          setup(
              isA(FileNotFoundException.class).and(isThrownIn("EventLog")),
              "spark.eventLog.dir: {}; make this folder, or set spark.eventLog.enabled=false"),
          data(
              isA(NoSuchFileException.class).or(isA(FileNotFoundException.class)),
              "no such file or folder: {}"),
          setup(
              isA(UnknownHostException.class).and(isThrownIn("java.net.InetAddress.getLocalHost")),
              "the name of this machine has no address: {}; add it to /etc/hosts, or set"
                  + " SPARK_LOCAL_IP=127.0.0.1"),
          data(
              isA(ConnectException.class)
                  .or(isA(UnknownHostException.class))
                  .and(says("/").or(says("Connection refused", "timed out").negate())),
              "cannot connect: {}"),
          // Around a plain "Connection refused".
          data(says("Failed to connect to "), "cannot connect: {}"));

  private MachineRules() {}

  private static Optional<String> connector(Throwable e) {
    return ConnectorPackage.named(FailureRule.found(e));
  }

  private static String temporaryFolder() {
    return Optional.ofNullable(System.getenv("SPARK_LOCAL_DIRS"))
        .or(() -> Optional.ofNullable(System.getProperty("spark.local.dir")))
        .orElseGet(() -> System.getProperty("java.io.tmpdir"));
  }

  /** ND4J's libraries load when its classes are initialized, which is tried only once. */
  private static boolean isNative(Throwable e) {
    String text = String.valueOf(e.getMessage());
    return e instanceof UnsatisfiedLinkError
        || text.contains("ND4J is probably missing dependencies")
        || text.contains(CACHE)
        || (e instanceof LinkageError
            && (text.contains("Could not initialize class org.qsnn.tensor")
                || text.contains("Could not initialize class org.nd4j")
                || text.contains("Could not initialize class org.bytedeco")));
  }

  /** ND4J's libraries are JavaCPP's to unpack; those that compress are unpacked by themselves. */
  private static String nativeLibrary(Throwable e) {
    boolean isCompression =
        Stream.of("snappy", "zstd", "lz4", "netty").anyMatch(FailureRule.found(e)::contains);
    String property = isCompression ? "java.io.tmpdir" : CACHE;
    String usual = System.getProperty("user.home") + File.separator + ".javacpp/cache";
    return String.format(
        Locale.ROOT,
        "%s native library cannot be loaded: %s; it is unpacked into %s, which must be writable, with 400 MB free, and not mounted noexec; --driver-java-options -D%s=FOLDER names another (executors: spark.executor.extraJavaOptions)",
        isCompression ? "a" : "ND4J's",
        FailureRule.found(e),
        System.getProperty(property, usual),
        property);
  }
}
