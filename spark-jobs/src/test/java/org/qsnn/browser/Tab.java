package org.qsnn.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A tab of a browser: shows a page, does what people do with it, and remembers what it said. */
public final class Tab implements AutoCloseable {
  /** Keys that may be pressed, and their Windows codes. */
  private static final Map<String, Integer> CODES =
      Map.of("Tab", 9, " ", 32, "End", 35, "Home", 36, "ArrowLeft", 37, "ArrowRight", 39);

  private final DevTools tools;
  private final String target;
  private final String session;

  Tab(DevTools tools, String target, String session) {
    this.tools = tools;
    this.target = target;
    this.session = session;
    for (String domain : List.of("Page", "Network", "Log", "Runtime")) {
      call(domain + ".enable", DevTools.object());
    }
  }

  private JsonNode call(String command, ObjectNode parameters) {
    return tools.call(session, command, parameters);
  }

  /** Loads a file and all that it asks for. */
  public void open(Path page) {
    long before = tools.count(session, "Page.loadEventFired");
    JsonNode answer = call("Page.navigate", DevTools.object().put("url", page.toUri().toString()));
    if (answer.has("errorText")) {
      throw new IllegalStateException(page + ": " + answer.path("errorText").asText());
    }
    tools.await(session, "Page.loadEventFired", before);
  }

  /** Of every page from now on. */
  public void switchScriptsOff() {
    call("Emulation.setScriptExecutionDisabled", DevTools.object().put("value", true));
  }

  public void look(Look look) {
    call(
        "Emulation.setDeviceMetricsOverride",
        DevTools.object()
            .put("width", look.width)
            .put("height", look.height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = DevTools.object();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", look.colors);
    call("Emulation.setEmulatedMedia", media);
  }

  /**
   * The value of an expression of JavaScript, or what a promise of it comes to. The page's own
   * policy does not bind it.
   *
   * @throws IllegalStateException if it throws
   */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            DevTools.object()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.path("exceptionDetails").toString());
    }
    return answer.path("result").path("value");
  }

  /** The whole page as PNG. */
  public byte[] picture() {
    JsonNode size = call("Page.getLayoutMetrics", DevTools.object()).path("cssContentSize");
    ObjectNode parameters =
        DevTools.object().put("format", "png").put("captureBeyondViewport", true);
    parameters
        .putObject("clip")
        .put("x", 0)
        .put("y", 0)
        .put("width", size.path("width").intValue())
        .put("height", size.path("height").intValue())
        .put("scale", 1);
    return data(call("Page.captureScreenshot", parameters));
  }

  /** As it is printed on A4. */
  public byte[] pdf() {
    return data(
        call(
            "Page.printToPDF", DevTools.object().put("paperWidth", 8.27).put("paperHeight", 11.7)));
  }

  private static byte[] data(JsonNode answer) {
    return Base64.getDecoder().decode(answer.path("data").asText());
  }

  /**
   * Moves the pointer into an element, which is brought into view.
   *
   * @param share of its width, from the left
   */
  public void pointAt(String selector, double share) {
    mouse("mouseMoved", place(selector, share));
  }

  public void click(String selector) {
    JsonNode place = place(selector, 0.5);
    mouse("mouseMoved", place);
    mouse("mousePressed", place);
    mouse("mouseReleased", place);
  }

  private JsonNode place(String selector, double share) {
    return evaluate(
        """
        (() => {
          const element = document.querySelector(%s);
          element.scrollIntoView({ block: "center", behavior: "instant" });
          const box = element.getBoundingClientRect();
          return { x: box.left + %s * box.width, y: box.top + box.height / 2 };
        })()
        """
            .formatted(DevTools.object().textNode(selector), share));
  }

  private void mouse(String kind, JsonNode place) {
    ObjectNode event = DevTools.object().put("type", kind);
    event.set("x", place.path("x"));
    event.set("y", place.path("y"));
    if (!kind.equals("mouseMoved")) {
      event.put("button", "left").put("clickCount", 1);
    }
    call("Input.dispatchMouseEvent", event);
  }

  /** Presses a key that types nothing, such as Tab, or the space bar. */
  public void press(String key) {
    ObjectNode event =
        DevTools.object().put("key", key).put("code", key.equals(" ") ? "Space" : key);
    event.put("windowsVirtualKeyCode", CODES.get(key));
    if (key.equals(" ")) {
      event.put("text", key);
    }
    call("Input.dispatchKeyEvent", event.deepCopy().put("type", "keyDown"));
    event.remove("text");
    call("Input.dispatchKeyEvent", event.put("type", "keyUp"));
  }

  /** Everything that went to the console, and every exception. */
  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (DevTools.Event event : tools.events(session)) {
      switch (event.name()) {
        case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
            complaints.add(event.name() + ": " + event.details());
        default -> {}
      }
    }
    return complaints;
  }

  /** Addresses that were asked for, whether anything came or not, and what the policy refused. */
  public List<String> requests() {
    return tools.events(session).stream()
        .filter(event -> event.name().equals("Network.requestWillBeSent"))
        .map(event -> event.details().path("request").path("url").asText())
        .toList();
  }

  @Override
  public void close() {
    tools.call("", "Target.closeTarget", DevTools.object().put("targetId", target));
  }
}
