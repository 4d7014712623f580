package org.qsnn.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.Deadline;

/**
 * What is asked of Kubernetes, as far as a server shows it that keeps objects and starts no pod.
 * Only the profile managers has Spark's part of it.
 */
class KubernetesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String IMAGE = "registry.example/qsnn";
  private static final String NAMESPACE = "qsnn";
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path MANIFESTS = HOME.resolve("docker/kubernetes");

  @TempDir private Path root;
  private KubernetesMockServer server;
  private NamespacedKubernetesClient kubernetes;

  @BeforeEach
  void start() {
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesMock(), false);
    server.init();
    kubernetes = server.createClient().inNamespace(NAMESPACE);
  }

  @AfterEach
  void stop() {
    kubernetes.close();
    server.destroy();
  }

  @Test
  void manifestsHoldTogether() throws IOException {
    List<HasMetadata> manifests = manifests();

    manifests.forEach(manifest -> kubernetes.resource(manifest).create());

    assertThat(manifests)
        .extracting(manifest -> manifest.getKind() + " " + manifest.getMetadata().getName())
        .contains("Namespace qsnn", "ServiceAccount qsnn", "Role qsnn", "Job train-first");
    assertThat(manifests)
        .filteredOn(manifest -> !manifest.getKind().equals("Namespace"))
        .allSatisfy(
            manifest ->
                assertThat(manifest.getMetadata().getNamespace())
                    .as("%s", manifest.getMetadata().getName())
                    .isEqualTo(NAMESPACE));
  }

  @Test
  void jobOfTheManifestsSubmitsADriver() throws Exception {
    Run submission = run(submissionOfTheManifests());

    assertThat(submission.exitCode()).as(submission.said()).isZero();
    Pod driver = pod("driver");
    assertPodIsSafe(driver);
    assertThat(driver.getSpec().getServiceAccountName()).isEqualTo("qsnn");
    assertThat(driver.getMetadata().getName()).startsWith("train-first-");
    Container container = driver.getSpec().getContainers().get(0);
    assertThat(container.getImage()).isEqualTo(IMAGE);
    assertThat(container.getArgs())
        .startsWith("driver")
        .containsSequence("--class", "org.qsnn.job.Main", "local:///opt/qsnn/qsnn.jar", "train");
    assertThat(memory(container)).isEqualTo(3L << 30); // 2g and 1g of overhead
    assertThat(environment(container))
        .containsEntry("OMP_NUM_THREADS", "1")
        .containsEntry("OPENBLAS_NUM_THREADS", "1")
        .containsEntry("HADOOP_USER_NAME", "qsnn");
    assertThat(configuration(driver))
        .contains("spark.executor.memoryOverhead=5g", "spark.authenticate=true")
        .contains("spark.kubernetes.executor.podTemplateFile=/opt/spark/pod-template")
        .doesNotContain("spark.authenticate.secret=");
    assertThat(mounts(container)).contains("/etc/qsnn/secret", "/opt/spark/pod-template");
  }

  @Test
  void launcherSubmitsTheConfigurationWithTheProgramOfTheImage() throws Exception {
    TinyTraining tiny = TinyTraining.in(root);
    Path uploads = Files.createDirectory(root.resolve("uploads"));

    Run submission =
        run(
            launcher(
                tiny,
                "cluster",
                "spark.kubernetes.file.upload.path=" + uploads.toUri(),
                "spark.kubernetes.submission.waitAppCompletion=false"));

    assertThat(submission.exitCode()).as(submission.said()).isZero();
    Container driver = pod("driver").getSpec().getContainers().get(0);
    assertThat(driver.getArgs())
        .containsSequence("local:///opt/qsnn/qsnn.jar", "train", "tiny.conf", "--set");
    assertThat(environment(driver))
        .containsEntry("OMP_NUM_THREADS", "1")
        .containsEntry("OPENBLAS_NUM_THREADS", "1");
    try (Stream<Path> sent = Files.walk(uploads)) {
      assertThat(sent.filter(Files::isRegularFile))
          .singleElement()
          .satisfies(file -> assertThat(file).hasSameTextualContentAs(tiny.configuration()));
    }
    assertThat(configuration(pod("driver"))).contains("/tiny.conf");
  }

  @Test
  void withoutAPlaceForFilesNothingIsSubmitted() throws Exception {
    Run submission = run(launcher(TinyTraining.in(root), "cluster"));

    assertThat(submission.exitCode()).as(submission.said()).isEqualTo(2);
    assertThat(submission.said()).contains("qsnn: spark.kubernetes.file.upload.path: must be");
    assertThat(kubernetes.pods().list().getItems()).isEmpty();
  }

  /** The driver is a process of this machine; its executors would be pods. */
  @Test
  void executorsAreMadeOfTheTemplateWithOneNativeThreadAndNoSecret() throws Exception {
    Path secret = Files.writeString(root.resolve("secret"), "a secret of the test");
    Process driver =
        start(
            launcher(
                TinyTraining.in(root),
                "client",
                "spark.driver.host=127.0.0.1",
                "spark.executor.instances=1",
                "spark.executor.memory=1g",
                "spark.executor.memoryOverhead=2g",
                "spark.kubernetes.executor.podTemplateFile=" + MANIFESTS.resolve("pod.yaml"),
                "spark.authenticate=true",
                "spark.authenticate.secret.file=" + secret,
                "spark.kubernetes.executor.secrets.qsnn-secret=" + root));
    try {
      Deadline.in(PATIENCE).meets(() -> !driver.isAlive() || !pods("executor").isEmpty());
      assertThat(pods("executor")).as(said()).isNotEmpty();
      Pod executor = pod("executor");
      assertPodIsSafe(executor);
      Container container = executor.getSpec().getContainers().get(0);
      assertThat(container.getImage()).isEqualTo(IMAGE);
      assertThat(memory(container)).isEqualTo(3L << 30);
      assertThat(environment(container))
          .containsEntry("OMP_NUM_THREADS", "1")
          .containsEntry("OPENBLAS_NUM_THREADS", "1")
          .containsEntry("HADOOP_USER_NAME", "qsnn")
          .doesNotContainKey("_SPARK_AUTH_SECRET");
      assertThat(container.getLifecycle().getPreStop().getExec().getCommand())
          .as("what tells an executor to go")
          .contains("/opt/decom.sh");
    } finally {
      driver.destroy();
      assertThat(driver.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(driver.exitValue()).as(said()).isEqualTo(143);
  }

  private static List<HasMetadata> manifests() throws IOException {
    List<HasMetadata> all = new ArrayList<>();
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (String name : List.of("namespace.yaml", "storage.yaml", "train.yaml")) {
      yaml.readerFor(HasMetadata.class)
          .<HasMetadata>readValues(Files.readString(MANIFESTS.resolve(name)))
          .forEachRemaining(all::add);
    }
    return all;
  }

  /** The command of the Job, on this machine and for this server. */
  private List<String> submissionOfTheManifests() throws IOException {
    var job =
        (io.fabric8.kubernetes.api.model.batch.v1.Job)
            manifests().stream()
                .filter(manifest -> manifest.getKind().equals("Job"))
                .findFirst()
                .orElseThrow();
    Container submit = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    kubernetes.resource(manifest("storage.yaml")).create();
    List<String> words =
        submit.getCommand().stream()
            .map(word -> word.replaceFirst("^--master=.*", "--master=" + master()))
            .map(word -> word.replace("/etc/qsnn/pod/pod.yaml", MANIFESTS + "/pod.yaml"))
            .collect(Collectors.toCollection(ArrayList::new));
    assertThat(words.remove(0)).isEqualTo("/opt/spark/bin/spark-submit");
    words.addAll(0, sparkSubmit());
    words.add(
        words.indexOf("local:///opt/qsnn/qsnn.jar"),
        "--conf=spark.kubernetes.submission.waitAppCompletion=false");
    return words;
  }

  private static HasMetadata manifest(String name) throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readValue(Files.readString(MANIFESTS.resolve(name)), HasMetadata.class);
  }

  /** As bin/spark-submit does it, which a Spark home of Maven's jars has not. */
  private static List<String> sparkSubmit() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getenv("SPARK_HOME") + "/jars/*",
        "org.apache.spark.deploy.SparkSubmit");
  }

  private List<String> launcher(TinyTraining tiny, String mode, String... properties) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("qsnn").toString(), "train"));
    command.add(tiny.configuration().toString());
    command.addAll(List.of("--set", "run.dir=" + root.resolve("run")));
    command.addAll(List.of("--master", master(), "--deploy-mode", mode, "--name", "tiny"));
    command.addAll(List.of("--conf", "spark.kubernetes.container.image=" + IMAGE));
    command.addAll(List.of("--conf", "spark.kubernetes.namespace=" + NAMESPACE));
    Stream.of(properties).forEach(property -> command.addAll(List.of("--conf", property)));
    return command;
  }

  private String master() {
    return "k8s://http://127.0.0.1:" + server.getPort();
  }

  private record Run(int exitCode, String said) {}

  private Run run(List<String> command) throws IOException, InterruptedException {
    Process process = start(command);
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(said()).isTrue();
      return new Run(process.exitValue(), said());
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Not the settings of a cluster that this machine may know.
    builder.environment().keySet().removeIf(name -> name.startsWith("KUBE"));
    builder.environment().put("HOME", root.toString());
    return builder.redirectOutput(root.resolve("said").toFile()).start();
  }

  private String said() throws IOException {
    return Files.readString(root.resolve("said"), UTF_8);
  }

  private List<Pod> pods(String role) {
    return kubernetes.pods().withLabel("spark-role", role).list().getItems();
  }

  private Pod pod(String role) {
    List<Pod> pods = pods(role);
    assertThat(pods).as("pods that are a %s", role).hasSize(1);
    return pods.get(0);
  }

  /** Not as root, with time for a checkpoint, and nothing of a secret to be read in it. */
  private static void assertPodIsSafe(Pod pod) {
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(120);
    assertThat(pod.getSpec().getContainers())
        .allSatisfy(
            container ->
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse());
    assertThat(pod.toString()).doesNotContain("a secret of the test", "AUTH_SECRET");
    assertThat(pod.getSpec().getVolumes())
        .anySatisfy(
            volume ->
                assertThat(volume.getSecret())
                    .isNotNull()
                    .extracting("secretName")
                    .isEqualTo("qsnn-secret"));
  }

  private static long memory(Container container) {
    Quantity limit = container.getResources().getLimits().get("memory");
    return Quantity.getAmountInBytes(limit).longValueExact();
  }

  private static Map<String, String> environment(Container container) {
    return container.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue, (a, b) -> b));
  }

  private static List<String> mounts(Container container) {
    return container.getVolumeMounts().stream().map(mount -> mount.getMountPath()).toList();
  }

  /** The properties that Spark sends along. */
  private String configuration(Pod driver) {
    return driver.getSpec().getVolumes().stream()
        .filter(volume -> volume.getConfigMap() != null)
        .map(volume -> kubernetes.configMaps().withName(volume.getConfigMap().getName()).get())
        .filter(map -> map != null && map.getData() != null)
        .map(ConfigMap::getData)
        .flatMap(data -> data.values().stream())
        .collect(Collectors.joining("\n"));
  }
}
