package org.qsnn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class ControlCharactersTest {
  private static final String TEXT =
      "a\u001b[31m\rb\u0007\u007f\u009b1m\tä日¢\u00a0🙂…\u202ecod.exe\u2066\u200f\u061cب\n";
  private static final String SHOWN =
      "a\\u001b[31m\\u000db\\u0007\\u007f\\u009b1m\tä日¢\u00a0🙂…"
          + "\\u202ecod.exe\\u2066\\u200f\\u061cب\n";

  @Test
  void areShownInText() {
    assertThat(ControlCharacters.shown(TEXT)).isEqualTo(SHOWN);
  }

  @Test
  void areShownOnOneLine() {
    assertThat(ControlCharacters.shownOnOneLine(TEXT))
        .isEqualTo(SHOWN.replace("\t", "\\u0009").replace("\n", "\\u000a"));
  }

  @Test
  void areShownOnAStreamAndEverythingElseIsAsItWas() {
    assertThat(printed(TEXT, UTF_8)).isEqualTo(SHOWN);
  }

  @Test
  void whatIsNotUtf8IsAsItWas() {
    String text = "â Â Øx\n";

    assertThat(printed(text, ISO_8859_1)).isEqualTo(text);
  }

  private static String printed(String text, Charset charset) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = ControlCharacters.shownOn(new PrintStream(bytes, true, charset), charset);
    out.print(text);
    out.flush();
    return bytes.toString(charset);
  }
}
