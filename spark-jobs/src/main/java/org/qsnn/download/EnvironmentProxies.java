package org.qsnn.download;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsnn.ConfigurationException;

/**
 * The proxies that an environment names as curl and others read them: {@code http_proxy}, {@code
 * https_proxy}, {@code all_proxy} and {@code no_proxy}, in lower case or upper case. Java's own
 * {@code -Dhttps.proxyHost} and the like count where the environment names none.
 */
final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * @throws ConfigurationException if the proxy's address is none of an HTTP proxy
   */
  @Override
  public List<Proxy> select(URI target) {
    return proxy(target)
        .map(
            proxy ->
                List.of(
                    new Proxy(
                        Proxy.Type.HTTP,
                        InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy)))))
        .orElseGet(() -> isExempt(target) ? List.of(Proxy.NO_PROXY) : ofJava(target));
  }

  /** HOST:PORT of the proxy on the way to a target, if there is one. */
  Optional<String> named(URI target) {
    return select(target).stream()
        .flatMap(
            proxy ->
                proxy.address() instanceof InetSocketAddress at ? Stream.of(at) : Stream.empty())
        .map(at -> at.getHostString() + ":" + at.getPort())
        .findFirst();
  }

  /** Hands the proxy of a target the name and password in its address, if there are any. */
  Optional<Authenticator> authenticator(URI target) {
    return proxy(target)
        .map(URI::getUserInfo)
        .map(
            user -> {
              String[] parts = user.split(":", 2);
              char[] password = (parts.length == 2 ? parts[1] : "").toCharArray();
              return new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                  return getRequestorType() == RequestorType.PROXY
                      ? new PasswordAuthentication(parts[0], password)
                      : null;
                }
              };
            });
  }

  @Override
  public void connectFailed(URI target, SocketAddress proxy, IOException cause) {
    // The request fails with this cause.
  }

  private Optional<URI> proxy(URI target) {
    if (isExempt(target)) {
      return Optional.empty();
    }
    String scheme = target.getScheme().toLowerCase(Locale.ROOT);
    return Stream.of(scheme + "_proxy", "all_proxy")
        .flatMap(name -> variable(name).map(value -> address(name, value)).stream())
        .findFirst();
  }

  private Optional<String> variable(String name) {
    return Stream.of(name, name.toUpperCase(Locale.ROOT))
        .map(environment::get)
        .filter(value -> value != null && !value.isBlank())
        .map(String::trim)
        .findFirst();
  }

  private boolean isExempt(URI target) {
    String host = target.getHost().toLowerCase(Locale.ROOT);
    return variable("no_proxy").stream()
        .flatMap(names -> Stream.of(names.toLowerCase(Locale.ROOT).split("[,\\s]+")))
        .map(name -> name.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  /** The message keeps a password to itself. */
  private static URI address(String name, String value) {
    try {
      URI uri = new URI(value.contains("://") ? value : "http://" + value);
      if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException noAddress) {
      // Said below.
    }
    throw new ConfigurationException(
        name
            + ": must be the address of an HTTP proxy, http://HOST:PORT; found "
            + value.replaceFirst("^(\\w+://)?.*@", "$1…@"));
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? 80 : proxy.getPort();
  }

  private static List<Proxy> ofJava(URI target) {
    ProxySelector usual = ProxySelector.getDefault();
    return usual == null ? List.of(Proxy.NO_PROXY) : usual.select(target);
  }
}
