package org.qsnn.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.qsnn.EnumKey;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;

/** A catalog as a table for people. */
final class CatalogText {
  private static final int HOURS_A_DAY = 24;

  private CatalogText() {}

  /**
   * @param root of the catalog; folders are named from there
   * @param now what ages are counted to
   */
  static List<String> lines(String root, List<CatalogEntry> entries, Instant now) {
    Table table =
        Table.headed(
            "state",
            "data",
            "network",
            "bits",
            ">epoch",
            ">validation",
            ">test",
            ">model",
            ">age",
            "folder");
    for (CatalogEntry entry : entries) {
      table.row(
          EnumKey.of(entry.state()),
          entry.data(),
          entry.network(),
          entry.bits(),
          entry.progress().toString(),
          accuracy(entry.validationAccuracy()),
          accuracy(entry.testAccuracy()),
          entry.modelBytes() == null ? "" : Sizes.megabytes(entry.modelBytes()),
          age(Duration.between(entry.changed(), now)),
          entry.path().equals(root) ? "." : entry.path().substring(root.length() + 1));
    }
    return table.lines();
  }

  private static String accuracy(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** In the largest unit of which it is one or more; clocks of hosts may differ by a little. */
  static String age(Duration age) {
    if (age.toHours() >= 2 * HOURS_A_DAY) {
      return age.toDays() + " d";
    }
    if (age.toMinutes() >= 120) {
      return age.toHours() + " h";
    }
    return age.toSeconds() >= 120 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
  }
}
