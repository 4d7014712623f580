package org.qsnn.catalog;

import java.util.Comparator;
import java.util.function.Function;

/** By what a catalog is sorted; what has no value comes last, and equal ones by path. */
public enum CatalogOrder {
  PATH(CatalogEntry::path, false),
  STATE(CatalogEntry::state, false),
  /** The best first. */
  VALIDATION(CatalogEntry::validationAccuracy, true),
  /** The best first. */
  TEST(CatalogEntry::testAccuracy, true),
  /** The smallest first. */
  SIZE(CatalogEntry::modelBytes, false),
  /** The newest first. */
  AGE(CatalogEntry::changed, true);

  private final Comparator<CatalogEntry> comparator;

  <T extends Comparable<? super T>> CatalogOrder(
      Function<CatalogEntry, T> key, boolean isDescending) {
    Comparator<T> natural = Comparator.naturalOrder();
    this.comparator =
        Comparator.comparing(key, Comparator.nullsLast(isDescending ? natural.reversed() : natural))
            .thenComparing(CatalogEntry::path);
  }

  Comparator<CatalogEntry> comparator() {
    return comparator;
  }
}
