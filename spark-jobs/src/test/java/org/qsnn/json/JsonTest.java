package org.qsnn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void keepsTheOrderOfItsKeys() {
    ObjectNode object = Json.object();
    object.put("z", 1).put("a", 2.0).put("m", "µ");
    assertThat(Json.text(object)).isEqualTo("{\"z\":1,\"a\":2.0,\"m\":\"µ\"}");
  }

  @Test
  void namesThePlaceOfANumberThatIsNotFinite() {
    ObjectNode object = Json.object();
    object.putArray("layers").addObject().put("rate", Float.NaN);
    assertThatThrownBy(() -> Json.line(object))
        .hasMessage("layers[0].rate: expected a finite number, found NaN");
  }

  @Test
  void jsonOfOthersMayNameAKeyTwiceAndHasAnEnd() throws Exception {
    assertThat(Json.parse("{\"a\": 1, \"a\": 2}").path("a").intValue()).isEqualTo(2);
    assertThatThrownBy(() -> Json.parse("{\"a\": 1} x"))
        .isInstanceOf(JsonProcessingException.class);
  }
}
