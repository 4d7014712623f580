package org.qsnn.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.DataException;
import org.qsnn.metric.Mistakes;

class StoredMistakeTest {
  private static final List<String> NAMES = List.of("cat", "dog");

  private static byte[] written(Mistakes mistakes) {
    WrittenFiles written = new WrittenFiles();
    new RunReport(written).mistakes(mistakes, NAMES);
    return written.files.get(RunDirectory.MISTAKES);
  }

  @Test
  void eachIsAnObjectOnALineOfItsOwn() {
    assertThat(new String(written(Examples.mistakes()), UTF_8))
        .isEqualTo(
            """
            {"id":7,"label":0,"prediction":1,"label_name":"cat","prediction_name":"dog",\
            "channels":3,"height":1,"width":1,"pixels":"AQID"}
            {"id":8,"label":1,"prediction":0,"label_name":"dog","prediction_name":"cat",\
            "channels":3,"height":1,"width":1,"pixels":"/wAA"}
            """);
  }

  @Test
  void readsBackAsItWasWritten() {
    List<StoredMistake> read = StoredMistake.of(written(Examples.mistakes()), "m");

    assertThat(read.stream().map(StoredMistake::mistake).toList())
        .usingRecursiveComparison()
        .isEqualTo(Examples.mistakes().list());
    assertThat(read).extracting(StoredMistake::labelName).containsExactly("cat", "dog");
    assertThat(read).extracting(StoredMistake::predictionName).containsExactly("dog", "cat");
  }

  @Test
  void noneIsAnEmptyFile() {
    assertThat(written(Mistakes.of())).isEmpty();
    assertThat(StoredMistake.of(new byte[0], "m")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"AQID\"', '\"AQ\"', a side of 1",
    "'\"AQID\"', '\"????\"', Illegal base64",
    "'\"AQID\"', '\"\"', found 0 bytes",
    "'\"height\":1', '\"height\":0', side of 0",
    "'\"label\":0,', '', label",
    "'{', '[', found",
  })
  void damagedLineIsRefusedWithTheNameOfItsFile(String part, String damage, String message) {
    String line = new String(written(Examples.mistakes()), UTF_8).replace(part, damage);

    assertThatThrownBy(() -> StoredMistake.of(line.getBytes(UTF_8), "run/mistakes.json"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("run/mistakes.json: ")
        .hasMessageContaining(message);
  }
}
