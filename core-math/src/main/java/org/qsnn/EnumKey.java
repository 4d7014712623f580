package org.qsnn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The names of constants in files, in configurations and on the command line: in lower case, words
 * joined by hyphens.
 */
public final class EnumKey {
  private EnumKey() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Those of all constants, in their order. */
  public static List<String> all(Enum<?>[] constants) {
    return Arrays.stream(constants).map(EnumKey::of).toList();
  }

  /** The constant with a name; empty if none has it. */
  public static <E extends Enum<E>> Optional<E> find(E[] constants, String key) {
    for (E constant : constants) {
      if (of(constant).equals(key)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
