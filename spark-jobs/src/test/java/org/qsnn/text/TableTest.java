package org.qsnn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsColumnsAndLeavesNoSpacesAtTheEnd() {
    Table table = Table.headed("layer", ">bytes", "form");
    table.row("stem.conv.weight", "3456", "int8");
    table.row("fc", "12", "");

    assertThat(String.join("\n", table.lines()))
        .isEqualTo(
            """
            layer             bytes  form
            stem.conv.weight   3456  int8
            fc                   12\
            """);
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThatThrownBy(() -> Table.headed("a", "b").row("1"))
        .hasMessage("row: expected 2 cells, found 1");
  }
}
