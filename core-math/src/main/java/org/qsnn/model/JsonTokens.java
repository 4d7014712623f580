package org.qsnn.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.qsnn.DataException;

/**
 * The tokens of JSON in UTF-8, one after the other. Strict: no key twice in an object, no comments,
 * no trailing commas. Needs no library, so that a reader of models needs none, and what every
 * header holds is read in plain loops: a program that answers once has no time to compile more.
 */
final class JsonTokens {
  private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

  /** What there is. */
  enum Token {
    START_OBJECT,
    END_OBJECT,
    START_ARRAY,
    END_ARRAY,
    FIELD_NAME,
    VALUE_STRING,
    VALUE_NUMBER_INT,
    VALUE_NUMBER_FLOAT,
    VALUE_TRUE,
    VALUE_FALSE,
    VALUE_NULL
  }

  /** An object or array that is open. */
  private static final class Scope {
    final boolean isObject;
    final Set<String> names = new HashSet<>();
    boolean hasElements;

    Scope(boolean isObject) {
      this.isObject = isObject;
    }
  }

  private final byte[] bytes;
  private final String file;
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private int at;
  private int start;
  private Token current;
  private String name;
  private String text;

  /**
   * @param from first byte of the JSON
   * @param file named in messages
   */
  JsonTokens(byte[] bytes, int from, String file) {
    this.bytes = bytes;
    this.at = from;
    this.file = file;
  }

  /** The token read last; null before the first and at the end. */
  Token current() {
    return current;
  }

  /** The name read last. */
  String name() {
    return name;
  }

  /** Text of a string or number. */
  String text() {
    return text;
  }

  /** Byte at which the current token starts. */
  int start() {
    return start;
  }

  /**
   * The next token; null at the end.
   *
   * @throws DataException if there is none
   */
  Token next() {
    skipSpace();
    Scope scope = scopes.peek();
    if (scope == null && at == bytes.length) {
      start = at;
      current = null;
    } else if (current == Token.FIELD_NAME) {
      expect(':');
      current = value();
    } else if (scope == null) {
      current = value();
    } else {
      current = element(scope);
    }
    return current;
  }

  private Token element(Scope scope) {
    if (peek() == (scope.isObject ? '}' : ']')) {
      start = at++;
      scopes.pop();
      return scope.isObject ? Token.END_OBJECT : Token.END_ARRAY;
    }
    if (scope.hasElements) {
      expect(',');
    }
    scope.hasElements = true;
    if (!scope.isObject) {
      return value();
    }
    skipSpace();
    start = at;
    name = string();
    if (!scope.names.add(name)) {
      throw invalid("Duplicate field '" + name + "'");
    }
    return Token.FIELD_NAME;
  }

  private Token value() {
    skipSpace();
    start = at;
    switch (peek()) {
      case '{':
        return open(true);
      case '[':
        return open(false);
      case '"':
        text = string();
        return Token.VALUE_STRING;
      default:
        return literal();
    }
  }

  private Token open(boolean isObject) {
    at++;
    scopes.push(new Scope(isObject));
    return isObject ? Token.START_OBJECT : Token.START_ARRAY;
  }

  private Token literal() {
    while (at < bytes.length
        && (Character.isLetterOrDigit(bytes[at]) || "+-.".indexOf(bytes[at]) >= 0)) {
      at++;
    }
    text = new String(bytes, start, at - start, StandardCharsets.ISO_8859_1);
    switch (text) {
      case "true":
        return Token.VALUE_TRUE;
      case "false":
        return Token.VALUE_FALSE;
      case "null":
        return Token.VALUE_NULL;
      default:
        if (isInteger()) {
          return Token.VALUE_NUMBER_INT;
        }
        if (text.matches(NUMBER)) {
          return Token.VALUE_NUMBER_FLOAT;
        }
        throw invalid("expected a value, found " + found());
    }
  }

  private boolean isInteger() {
    int first = text.startsWith("-") ? 1 : 0;
    for (int i = first; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    int digits = text.length() - first;
    return digits == 1 || (digits > 1 && text.charAt(first) != '0');
  }

  private String found() {
    return text.isEmpty() ? "'" + (char) peek() + "'" : "'" + text + "'";
  }

  /**
   * The current number.
   *
   * @throws DataException if it does not fit
   */
  long number() {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid("number " + text + " is out of range of long");
    }
  }

  private String string() {
    if (peek() != '"') {
      throw invalid("expected a name in quotes, found '" + (char) peek() + "'");
    }
    at++;
    int run = at;
    StringBuilder string = new StringBuilder();
    while (skipPlain() == '\\') {
      string.append(decoded(run, at++)).append(escaped());
      run = at;
    }
    return string.append(decoded(run, at++)).toString();
  }

  /** Goes on to the next quote or backslash, and returns it. */
  private int skipPlain() {
    int next = at;
    while (next < bytes.length
        && bytes[next] != '"'
        && bytes[next] != '\\'
        && (bytes[next] < 0 || bytes[next] >= ' ')) {
      next++;
    }
    at = next;
    int found = peek();
    if (found < ' ') {
      throw invalid("control character " + found + " in a string");
    }
    return found;
  }

  private String decoded(int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DataException(
          file + ": header, byte " + from + ": expected UTF-8: " + e.getMessage(), e);
    }
  }

  private char escaped() {
    int escape = peek();
    at++;
    return switch (escape) {
      case '"', '\\', '/' -> (char) escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw invalid("unknown escape \\" + (char) escape);
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw invalid("expected four hexadecimal digits behind \\u");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private void expect(char expected) {
    skipSpace();
    if (peek() != expected) {
      throw invalid("expected '" + expected + "', found '" + (char) peek() + "'");
    }
    at++;
  }

  private int peek() {
    if (at >= bytes.length) {
      throw invalid("unexpected end");
    }
    return bytes[at] & 0xFF;
  }

  private void skipSpace() {
    while (at < bytes.length
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }

  private DataException invalid(String why) {
    return new DataException(file + ": header, byte " + at + ": invalid JSON: " + why);
  }
}
