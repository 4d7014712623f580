package org.qsnn.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MasterOfferTest {

  @Test
  void tellsWhatIsFreeAndWhoWaits() throws IOException {
    String page =
        """
        {"aliveworkers": 2, "cores": 6, "coresused": 3, "memory": 6144, "memoryused": 2048,
         "workers": [
           {"state": "ALIVE", "coresfree": 3, "memoryfree": 1024},
           {"state": "ALIVE", "coresfree": 0, "memoryfree": 3072},
           {"state": "DEAD", "coresfree": 8, "memoryfree": 65536}],
         "activeapps": [{"state": "RUNNING"}, {"state": "WAITING"}]}
        """;

    assertThat(described(page))
        .isEqualTo(
            "free on its workers (2) are 3 of 6 cores and 4096 of 6144 MB, on the one with most"
                + " memory 0 cores and 3072 MB; waiting applications: 1");
  }

  @Test
  void aClusterWithoutWorkersIsTold() throws IOException {
    assertThat(described("{\"aliveworkers\": 0, \"workers\": []}")).isEqualTo("it has no workers");
    assertThat(described("[]")).isEqualTo("it has no workers");
  }

  private static String described(String page) throws IOException {
    return MasterOffer.described(new ObjectMapper().readTree(page));
  }
}
