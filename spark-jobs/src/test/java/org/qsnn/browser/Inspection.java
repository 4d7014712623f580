package org.qsnn.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the page in a tab as it looks now; each fault is a line. */
public final class Inspection {
  private static final String LAYOUT = resource("layout.js");
  private static final String AXE = resource("/axe.min.js");
  private static final String RUN_AXE =
      """
      axe.run(document, {
        runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }
      })
      """;

  private Inspection() {}

  /**
   * Charts without marks, text that is cut off or lies on other text, what is wider than the page,
   * and colours that are hard to see.
   */
  public static List<String> layoutFaults(Tab tab) {
    List<String> faults = new ArrayList<>();
    tab.evaluate(LAYOUT).forEach(fault -> faults.add(fault.asText()));
    return faults;
  }

  /**
   * Violations of the Web Content Accessibility Guidelines 2.1, levels A and AA, as axe sees it.
   */
  public static List<String> barriers(Tab tab) {
    tab.evaluate(AXE);
    JsonNode result = tab.evaluate(RUN_AXE);
    if (result.path("passes").isEmpty()) {
      throw new IllegalStateException("axe must have checked something; found " + result);
    }
    List<String> barriers = new ArrayList<>();
    for (JsonNode violation : result.path("violations")) {
      for (JsonNode node : violation.path("nodes")) {
        barriers.add(
            violation.path("id").asText()
                + ": "
                + node.path("html").asText()
                + ": "
                + node.path("failureSummary").asText());
      }
    }
    return barriers;
  }

  private static String resource(String name) {
    try (InputStream in = Inspection.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
