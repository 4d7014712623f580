package org.qsnn.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

class EnvironmentProxiesTest {
  private static final URI HTTPS = URI.create("https://www.cs.example.org/a.tar.gz");
  private static final String ADDRESS = "http://proxy:3128";

  @Test
  void eachSchemeHasItsProxyInLowerCaseOrUpperCase() {
    assertThat(select(Map.of("https_proxy", ADDRESS))).containsExactly(proxy("proxy", 3128));
    assertThat(select(Map.of("HTTPS_PROXY", "proxy:3128"))).containsExactly(proxy("proxy", 3128));
    assertThat(select(Map.of("ALL_PROXY", "http://proxy/"))).containsExactly(proxy("proxy", 80));
    assertThat(select(Map.of("http_proxy", ADDRESS))).containsExactly(Proxy.NO_PROXY);
    assertThat(select(Map.of("https_proxy", ""))).containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "example.org", "a, .example.org", "*.example.org", "www.cs.example.org:443"})
  void hostsThatAreExemptAreAskedThemselves(String exempt) {
    assertThat(select(Map.of("https_proxy", ADDRESS, "no_proxy", exempt)))
        .containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ample.org", "example.com", "cs.example", ","})
  void otherHostsAreNotExempt(String exempt) {
    assertThat(select(Map.of("https_proxy", ADDRESS, "NO_PROXY", exempt)))
        .containsExactly(proxy("proxy", 3128));
  }

  @Test
  void aProxyThatIsNoHttpProxyIsRefusedWithoutItsPassword() {
    assertThatThrownBy(() -> select(Map.of("all_proxy", "socks5://me:secret@proxy:1080")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "all_proxy: must be the address of an HTTP proxy, http://HOST:PORT; found"
                + " socks5://…@proxy:1080");
  }

  @Test
  void nameAndPasswordAreForTheProxyAlone() {
    EnvironmentProxies proxies =
        new EnvironmentProxies(Map.of("https_proxy", "http://me:s%40t@proxy:3128"));

    assertThat(proxies.authenticator(HTTPS)).isPresent();
    assertThat(proxies.authenticator(URI.create("http://host/"))).isEmpty();
  }

  private static List<Proxy> select(Map<String, String> environment) {
    return new EnvironmentProxies(environment).select(HTTPS);
  }

  private static Proxy proxy(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }
}
