package org.qsnn.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordsTest {
  private static final String JSON = "{\"first_name\":\"a\",\"sizes\":[1,2],\"bytes\":3}";

  record Example(String firstName, List<Integer> sizes, long bytes) {
    /** Is no key. */
    public boolean isLarge() {
      return bytes > 1;
    }
  }

  private final Example example = new Example("a", List.of(1, 2), 3);

  @Test
  void aKeyIsWrittenForEachComponentAndNoOther() throws JsonProcessingException {
    assertThat(JsonRecords.line(example)).asString().isEqualTo(JSON);
    assertThat(JsonRecords.indented(example)).asString().contains("{\n  \"first_name\" : \"a\"");
    assertThat(JsonRecords.read(JsonRecords.indented(example), Example.class)).isEqualTo(example);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"first_name\":\"a\",\"sizes\":[1,2]}",
        "{\"first_name\":null,\"sizes\":[1,2],\"bytes\":3}",
        "{\"first_name\":\"a\",\"sizes\":[1,null],\"bytes\":3}",
        "{\"first_name\":\"a\",\"sizes\":\"\",\"bytes\":3}",
        "{\"first_name\":\"a\",\"sizes\":[1,2],\"bytes\":\"3\"}",
        "{\"first_name\":\"a\",\"sizes\":[1,2],\"bytes\":3,\"bytes\":4}",
        "{\"first_name\":\"a\",\"sizes\":[1,2],\"bytes\":3,\"large\":true}",
        "{\"first_name\":\"a\",\"sizes\":[1,2],\"bytes\":3} 4",
        "[]",
        ""
      })
  void whatIsNotEachComponentOnceAndNothingElseIsRefused(String json) {
    assertThatThrownBy(() -> JsonRecords.read(json.getBytes(UTF_8), Example.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  record Measured(List<Double> meanValues) {}

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
  void numbersThatAreNotFiniteAreNotWritten(double number) {
    Measured measured = new Measured(List.of(1.5, number));

    assertThatThrownBy(() -> JsonRecords.line(measured))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mean_values[1]: expected a finite number, found " + number);
    assertThatThrownBy(() -> JsonRecords.indented(measured))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "\"NaN\"", "\"-Infinity\""})
  void numbersThatAreNotFiniteAreNotRead(String number) {
    byte[] json = ("{\"mean_values\":[1.5," + number + "]}").getBytes(UTF_8);

    assertThatThrownBy(() -> JsonRecords.read(json, Measured.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("mean_values[1]: expected a finite number");
  }

  @Test
  void whatAnotherVersionWroteIsReadAsFarAsItIsKnown() throws JsonProcessingException {
    String other = "{\"bytes\":3,\"first_name\":\"a\",\"colour\":1}";

    assertThat(JsonRecords.readLenient(other.getBytes(UTF_8), Example.class))
        .isEqualTo(new Example("a", null, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"first_name\":\"a\",\"bytes\":null}", "{", "{} {}"})
  void numbersMustBeThereAndWhatIsDamagedIsRefused(String json) {
    assertThatThrownBy(() -> JsonRecords.readLenient(json.getBytes(UTF_8), Example.class))
        .isInstanceOf(JsonProcessingException.class);
  }
}
