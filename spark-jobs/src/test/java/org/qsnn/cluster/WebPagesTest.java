package org.qsnn.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebPagesTest {
  private final WebPages pages = new WebPages();
  private HttpServer daemon;

  @BeforeEach
  void start() throws IOException {
    daemon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    daemon.start();
  }

  @AfterEach
  void stop() {
    daemon.stop(0);
  }

  @Test
  void readsTheJsonOfAPage() {
    answer(200, "{\"status\" : \"ALIVE\"}");

    assertThat(pages.json(address()).path("status").asText()).isEqualTo("ALIVE");
  }

  /** A Master's /json/ is answered by its page for people until the page for programs is up. */
  @Test
  void aPageForPeopleIsNotYetAnAnswer() {
    answer(200, "<!DOCTYPE html><html><head><title>Spark Master</title></head></html>");

    assertThat(pages.json(address()).isMissingNode()).isTrue();
  }

  @Test
  void anErrorIsNotYetAnAnswer() {
    answer(503, "{\"status\" : \"ALIVE\"}");

    assertThat(pages.json(address()).isMissingNode()).isTrue();
  }

  @Test
  void aPortThatNobodyListensOnIsNotYetAnAnswer() {
    String address = address();
    daemon.stop(0);

    assertThat(pages.json(address).isMissingNode()).isTrue();
  }

  private void answer(int status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    daemon.createContext(
        "/json/",
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private String address() {
    return "http://127.0.0.1:" + daemon.getAddress().getPort() + "/json/";
  }
}
