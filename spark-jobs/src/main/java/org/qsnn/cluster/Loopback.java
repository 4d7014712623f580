package org.qsnn.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.ConfigurationException;

/** Ports of the loopback interface that nobody listens on. */
final class Loopback {
  static final String ADDRESS = "127.0.0.1";

  /** Another address of the same interface, which has 127.0.0.0/8. */
  static String address(int index) {
    return "127.0.0." + (1 + index);
  }

  private final List<Integer> taken = new ArrayList<>();

  /** The port that users expect, or any other that is free. */
  int preferring(int port) {
    return taken.contains(port) || !isFree(port) ? any() : take(port);
  }

  /** Any free port. */
  int any() {
    try (ServerSocket socket = listen(0)) {
      int port = socket.getLocalPort();
      return taken.contains(port) ? any() : take(port);
    } catch (IOException e) {
      throw new ConfigurationException("no free port on " + ADDRESS + ": " + e.getMessage(), e);
    }
  }

  /**
   * Exactly this port.
   *
   * @param option that asked for it
   */
  int exactly(int port, String option) {
    if (port < 1 || port > 65535) {
      throw new ConfigurationException(
          String.format(Locale.ROOT, "%s: must be from 1 to 65535; found %d", option, port));
    }
    if (taken.contains(port) || !isFree(port)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s: port %d of %s is in use; choose another, or leave the option out",
              option,
              port,
              ADDRESS));
    }
    return take(port);
  }

  private int take(int port) {
    taken.add(port);
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = listen(port)) {
      return socket.isBound();
    } catch (IOException inUse) {
      return false;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
