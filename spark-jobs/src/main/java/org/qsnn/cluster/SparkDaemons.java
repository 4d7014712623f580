package org.qsnn.cluster;

import java.nio.file.Path;
import java.util.List;

/** Spark's standalone Master and Workers. */
final class SparkDaemons {
  private static final String PACKAGE = "org.apache.spark.deploy.";

  private final Software software;
  private final ClusterFolder folder;
  private final Loopback ports;
  private final WebPages pages = new WebPages();
  private final int port;

  SparkDaemons(Software software, ClusterFolder folder, Loopback ports, int port) {
    this.software = software;
    this.folder = folder;
    this.ports = ports;
    this.port = port;
  }

  /** What {@code --master} takes. */
  String master() {
    return "spark://" + Loopback.ADDRESS + ":" + port;
  }

  DaemonPlan masterPlan() {
    int webPort = ports.preferring(8080);
    return plan(
        "master",
        "master.Master",
        webPort,
        List.of("--host", Loopback.ADDRESS, "--port", port + "", "--webui-port", webPort + ""),
        web -> pages.json(web + "/json/").path("status").asText().equals("ALIVE"));
  }

  /**
   * A Worker at an address of its own, as on a machine of its own: Spark starts a slow task's twin
   * on another host only.
   */
  DaemonPlan workerPlan(int index, ClusterSize size) {
    int webPort = ports.preferring(8080 + index);
    Path work = folder.work(index);
    return plan(
        "worker-" + index,
        "worker.Worker",
        webPort,
        List.of(
            "--host",
            Loopback.address(index),
            "--webui-port",
            webPort + "",
            "--cores",
            size.coresPerWorker() + "",
            "--memory",
            size.memory(),
            "--work-dir",
            work.toString(),
            master()),
        web -> !pages.json(web + "/json/").path("masterurl").asText().isEmpty());
  }

  private interface Readiness {
    boolean of(String web);
  }

  private DaemonPlan plan(
      String name, String mainClass, int webPort, List<String> arguments, Readiness readiness) {
    String web = "http://" + Loopback.ADDRESS + ":" + webPort;
    List<String> command = software.spark(folder.logging(), PACKAGE + mainClass, arguments);
    return new DaemonPlan(name, command, web, () -> readiness.of(web));
  }
}
