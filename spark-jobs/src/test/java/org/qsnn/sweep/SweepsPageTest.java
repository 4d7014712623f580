package org.qsnn.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsnn.EnumKey;
import org.qsnn.config.ConfigText;
import org.qsnn.config.Objective;
import org.qsnn.config.RunConfig;

/** SWEEPS.md names every key that there is. */
class SweepsPageTest {
  private static final Path PAGE = Path.of("SWEEPS.md");

  @Test
  void everyKeyOfASweepIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    ConfigFactory.parseResources("sweep-defaults.conf")
        .getObject("sweep")
        .keySet()
        .forEach(key -> assertThat(page).contains("`sweep." + key));
    for (Objective objective : Objective.values()) {
      assertThat(page).contains("`" + objective.key() + "`");
    }
  }

  @Test
  void everyKeyOfATrialIsOnThePage() throws IOException {
    RunConfig config = RunConfig.load(ConfigText.none("test"), List.of(), Instant.EPOCH);
    Trial trial = new Trial(0, Map.of(), config, config.networkSpec(3, 32, 10));
    ObjectNode row = TrialRow.of(trial, "running", 0, TrialResult.NOTHING);

    List<String> keys = new ArrayList<>();
    row.fieldNames().forEachRemaining(keys::add);
    String page = Files.readString(PAGE);
    assertThat(keys).hasSize(15).allMatch(key -> page.contains("`" + key + "`"));
    for (TrialResult.State state : TrialResult.State.values()) {
      assertThat(page).contains("`" + EnumKey.of(state) + "`");
    }
  }
}
