package org.qsnn.job;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.qsnn.ConfigurationException;

/**
 * Where {@code --master spark://…} points: Spark itself takes a minute to say that nothing answers.
 */
final class MasterAddress {
  private static final Pattern STANDALONE = Pattern.compile("spark://(.+)");
  private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):(\\d{1,5})");
  private static final int PATIENCE_MILLIS = 5000;

  private MasterAddress() {}

  /**
   * @throws ConfigurationException if no Master of a standalone cluster answers
   */
  static void requireReachable(String master) {
    Matcher standalone = STANDALONE.matcher(master);
    if (!standalone.matches()) {
      return;
    }
    List<Optional<String>> problems =
        Arrays.stream(standalone.group(1).split(",")).map(MasterAddress::problem).toList();
    if (problems.stream().allMatch(Optional::isPresent)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "--master: must be the address of a running Master; nothing answers at %s (%s); qsnn cluster"
                  + " start starts a local cluster",
              master,
              String.join("; ", problems.stream().map(Optional::get).toList())));
    }
  }

  private static Optional<String> problem(String address) {
    Matcher parts = HOST_AND_PORT.matcher(address);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > 0xffff) {
      return Optional.of("'" + address + "' is not HOST:PORT, as in spark://127.0.0.1:7077");
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
