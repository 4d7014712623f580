package org.qsnn.job;

/** Words of the lines that commands print for a shell. */
final class ShellWord {
  private ShellWord() {}

  /** Means the same to a shell, whatever characters are in it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
