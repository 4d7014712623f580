package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ControlCharactersTest {
  private static final String TEXT = "a\u001b[31m\rb\u0007\u007f\u009b1m\tä日¢\u00a0🙂\n";
  private static final String SHOWN = "a\\u001b[31m\\u000db\\u0007\\u007f\\u009b1m\tä日¢\u00a0🙂\n";

  @Test
  void areShownInText() {
    assertThat(ControlCharacters.shown(TEXT)).isEqualTo(SHOWN);
  }

  @Test
  void areShownOnAStreamAndEverythingElseIsAsItWas() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = ControlCharacters.shownOn(new PrintStream(bytes, true, UTF_8), UTF_8);

    out.print(TEXT);

    assertThat(bytes.toString(UTF_8)).isEqualTo(SHOWN);
  }
}
