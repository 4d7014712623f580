package org.qsnn.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name that was probably meant by a mistyped one. */
final class SpellingSuggestion {
  private SpellingSuggestion() {}

  /**
   * The known word with the smallest edit distance; a known word in the wrong section, and the
   * beginning of a word, count as near.
   */
  static String to(String found, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String word) -> distance(found, word)))
        .orElseThrow();
  }

  private static int distance(String found, String known) {
    if (lastWord(found).equals(lastWord(known))) {
      return 0;
    }
    return known.startsWith(found)
        ? 1
        : LevenshteinDistance.getDefaultInstance().apply(found, known);
  }

  private static String lastWord(String key) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    return last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
