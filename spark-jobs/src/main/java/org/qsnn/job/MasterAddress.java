package org.qsnn.job;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.qsnn.ConfigurationException;
import org.qsnn.yarn.ResourceManager;

/**
 * Where {@code --master} points: Spark, and what it asks, take minutes to say that nothing answers.
 */
final class MasterAddress {
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");
  private static final Pattern KUBERNETES = Pattern.compile("k8s://(?:(https?)://)?([^/]+)/?");
  private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):(\\d{1,5})");
  private static final int PATIENCE_MILLIS = 5000;

  private MasterAddress() {}

  /**
   * @throws ConfigurationException if nothing answers at the address of a standalone cluster's
   *     Master, of YARN's ResourceManager or of Kubernetes' API
   */
  static void requireReachable(String master) {
    Matcher standalone = STANDALONE.matcher(master);
    if (standalone.matches()) {
      require(
          "--master: must be the address of a running Master",
          List.of(standalone.group(1).split(",")),
          "qsnn cluster start starts a local cluster");
    } else if (master.equals("yarn")) {
      require(
          "--master yarn: must have a running ResourceManager",
          ResourceManager.addresses(),
          "HADOOP_CONF_DIR names the folder with the cluster's yarn-site.xml");
    } else if (!isBehindAProxy()) {
      Matcher kubernetes = KUBERNETES.matcher(master);
      if (kubernetes.matches()) {
        require(
            "--master: must be the address of Kubernetes' API",
            List.of(withPort(kubernetes.group(1), kubernetes.group(2))),
            "kubectl cluster-info shows it");
      }
    }
  }

  /** What Kubernetes' client goes through, and a plain connection does not. */
  private static boolean isBehindAProxy() {
    return Stream.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY")
        .anyMatch(variable -> System.getenv(variable) != null);
  }

  private static String withPort(String scheme, String address) {
    return HOST_AND_PORT.matcher(address).matches()
        ? address
        : address + ("http".equals(scheme) ? ":80" : ":443");
  }

  private static void require(String what, List<String> addresses, String advice) {
    List<Optional<String>> problems = addresses.stream().map(MasterAddress::problem).toList();
    if (!problems.isEmpty() && problems.stream().allMatch(Optional::isPresent)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s; nothing answers at %s (%s); %s",
              what,
              String.join(",", addresses),
              String.join("; ", problems.stream().map(Optional::get).toList()),
              advice));
    }
  }

  private static Optional<String> problem(String address) {
    Matcher parts = HOST_AND_PORT.matcher(address);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > 0xffff) {
      return Optional.of("'" + address + "' is not HOST:PORT");
    }
    InetSocketAddress there =
        new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
    if (there.isUnresolved()) {
      return Optional.of("unknown host " + parts.group(1));
    }
    try (Socket socket = new Socket()) {
      socket.connect(there, PATIENCE_MILLIS);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }
}
