package org.qsnn.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** HDFS's NameNode and DataNodes. Their settings go on their command lines: no files of XML. */
final class HdfsDaemons {
  private static final String PACKAGE = "org.apache.hadoop.hdfs.server.";
  private static final String NAME_NODE = PACKAGE + "namenode.NameNode";
  private static final String DATA_NODE = PACKAGE + "datanode.DataNode";

  private final Software software;
  private final ClusterFolder folder;
  private final Loopback ports;
  private final WebPages pages = new WebPages();
  private final int port;
  private final String nameNodeWeb;

  HdfsDaemons(Software software, ClusterFolder folder, Loopback ports, int port) {
    this.software = software;
    this.folder = folder;
    this.ports = ports;
    this.port = port;
    this.nameNodeWeb = address(ports.preferring(9870));
  }

  /** The root of the file system. */
  String root() {
    return "hdfs://" + address(port);
  }

  String web() {
    return "http://" + nameNodeWeb;
  }

  /** Makes an empty file system; needed once. What a killed command made of it is overwritten. */
  List<String> formatCommand() {
    return software.hdfs(
        folder.logging(),
        NAME_NODE,
        settings(nameNodeSettings(folder.newNameNode()), "-format", "-force", "-nonInteractive"));
  }

  DaemonPlan nameNodePlan() {
    return new DaemonPlan(
        "namenode",
        software.hdfs(folder.logging(), NAME_NODE, settings(nameNodeSettings(folder.nameNode()))),
        web(),
        () -> !bean("NameNode", "NameNodeInfo").isMissingNode());
  }

  DaemonPlan dataNodePlan(int index) {
    String web = address(ports.any());
    return new DaemonPlan(
        "datanode-" + index,
        software.hdfs(folder.logging(), DATA_NODE, settings(dataNodeSettings(index, web))),
        "http://" + web,
        () -> isRegistered(web));
  }

  private List<String> nameNodeSettings(Path directory) {
    return List.of(
        "dfs.namenode.name.dir=" + uri(directory),
        "dfs.namenode.http-address=" + nameNodeWeb,
        // Blocks are all there as soon as the DataNodes are; nothing more is waited for.
        "dfs.namenode.safemode.extension=0");
  }

  private List<String> dataNodeSettings(int index, String web) {
    String anyPort = address(0);
    return List.of(
        "dfs.datanode.data.dir=" + uri(folder.dataNode(index)),
        "dfs.datanode.address=" + anyPort,
        "dfs.datanode.ipc.address=" + anyPort,
        "dfs.datanode.http.address=" + web);
  }

  private List<String> settings(List<String> settings, String... arguments) {
    List<String> options = new ArrayList<>(List.of("-D", "fs.defaultFS=" + root()));
    for (String setting : settings) {
      options.addAll(List.of("-D", setting));
    }
    options.addAll(List.of(arguments));
    return options;
  }

  /** Whether the NameNode counts on a DataNode, and takes writes. */
  private boolean isRegistered(String dataNodeWeb) {
    JsonNode info = bean("NameNode", "NameNodeInfo");
    return info.path("LiveNodes").asText().contains('"' + dataNodeWeb + '"')
        && info.path("Safemode").asText().isEmpty();
  }

  private JsonNode bean(String service, String name) {
    String query = String.format(Locale.ROOT, "/jmx?qry=Hadoop:service=%s,name=%s", service, name);
    return pages.json(web() + query).path("beans").path(0);
  }

  private static String uri(Path path) {
    return path.toUri().toString();
  }

  private static String address(int port) {
    return Loopback.ADDRESS + ":" + port;
  }
}
