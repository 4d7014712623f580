import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * {@code java CheckFaultSuite.java LIST REPORTS all|short}: fails unless every fault test of the list
 * has run and passed as often as the list says. A line of the list: class, method, times, and {@code
 * chaos} if the short form of the suite leaves it out.
 */
final class CheckFaultSuite {
  public static void main(String[] arguments) throws Exception {
    boolean isShort = arguments[2].equals("short");
    List<String> missing = new ArrayList<>();
    int ran = 0;
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      String[] parts = line.strip().split("\\s+");
      boolean isLeftOut = isShort && parts.length == 4;
      if (line.isBlank() || line.startsWith("#") || isLeftOut) {
        continue;
      }
      int expected = Integer.parseInt(parts[2]);
      int found = passed(Path.of(arguments[1], "TEST-" + parts[0] + ".xml"), parts[1]);
      ran += found;
      if (found != expected) {
        missing.add("%s.%s: expected %d, found %d".formatted(parts[0], parts[1], expected, found));
      }
    }
    if (!missing.isEmpty()) {
      System.err.println(
          "Not every fault test of " + arguments[0] + " has passed, going by " + arguments[1] + ":");
      missing.forEach(test -> System.err.println("  " + test));
      System.exit(1);
    }
    System.out.println(ran + " fault tests passed, as many as are listed");
  }

  private static int passed(Path report, String method) throws Exception {
    if (!Files.exists(report)) {
      return 0;
    }
    NodeList tests =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("testcase");
    int passed = 0;
    for (int i = 0; i < tests.getLength(); i++) {
      Element test = (Element) tests.item(i);
      String name = test.getAttribute("name");
      boolean isIt = name.equals(method) || name.startsWith(method + "(");
      passed += isIt && !has(test, "failure", "error", "skipped") ? 1 : 0;
    }
    return passed;
  }

  private static boolean has(Element test, String... children) {
    for (String child : children) {
      if (test.getElementsByTagName(child).getLength() > 0) {
        return true;
      }
    }
    return false;
  }
}
