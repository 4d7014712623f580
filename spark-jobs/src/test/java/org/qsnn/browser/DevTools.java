package org.qsnn.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.qsnn.Deadline;

/** Commands to a browser, and what it tells of itself: JSON over one web socket. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;

  /**
   * Something that happened.
   *
   * @param session of the tab where it happened; empty of the browser itself
   */
  record Event(String session, String name, JsonNode details) {}

  DevTools(URI address) {
    CompletableFuture<WebSocket> opened =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .connectTimeout(DEADLINE)
            .buildAsync(address, this);
    socket = opened.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * Waits for the answer.
   *
   * @param session of a tab; empty for the browser itself
   * @throws IllegalStateException if the browser refuses, or does not answer in time
   */
  JsonNode call(String session, String command, ObjectNode parameters) {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(number, answer);
    ObjectNode text = object().put("id", number).put("method", command);
    text.set("params", parameters);
    if (!session.isEmpty()) {
      text.put("sessionId", session);
    }
    socket.sendText(text.toString(), true).orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    JsonNode got = answer.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    if (got.has("error")) {
      throw new IllegalStateException(command + ": " + got.path("error"));
    }
    return got.path("result");
  }

  List<Event> events(String session) {
    return events.stream().filter(event -> event.session().equals(session)).toList();
  }

  /** Waits until something has happened more often than before. */
  void await(String session, String name, long before) {
    if (!Deadline.in(DEADLINE).meets(() -> count(session, name) > before)) {
      throw new IllegalStateException(
          "no " + name + " within " + DEADLINE.toSeconds() + " s after " + before + " of them");
    }
  }

  long count(String session, String name) {
    return events(session).stream().filter(event -> event.name().equals(name)).count();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
    message.append(part);
    if (isLast) {
      take(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(String text) {
    JsonNode told;
    try {
      told = JSON.readTree(text);
    } catch (IOException e) {
      fail(e);
      return;
    }
    if (told.has("id")) {
      answers.remove(told.path("id").intValue()).complete(told);
    } else {
      events.add(
          new Event(
              told.path("sessionId").asText(), told.path("method").asText(), told.path("params")));
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    fail(new IOException("the browser hung up: " + status + " " + reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    fail(error);
  }

  private void fail(Throwable error) {
    answers.values().forEach(answer -> answer.completeExceptionally(error));
  }

  @Override
  public void close() {
    socket.abort();
  }
}
