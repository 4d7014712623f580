package org.qsnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qsnn.inspect.ModelExamples;
import org.qsnn.json.Json;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.run.NeuroBenchFile;

class WorkTest {
  private final PackedModel model = ModelExamples.model(WeightScheme.REGULATED);

  @Test
  void finishedRunShowsWhatWasCountedOnTheTestSet() throws Exception {
    byte[] counted = NeuroBenchFile.bytes(model, ModelExamples.evaluation(model));

    // of two samples 3,000 accumulations and 1,000 multiplications; a quarter of the neurons fired
    assertThat(section(Optional.of(Json.read(new String(counted, UTF_8), "test"))))
        .contains("counted one by one on the test set")
        .contains("<th scope=\"row\">SynapticOperations, Effective_ACs</th><td>1,500 a sample")
        .contains("<th scope=\"row\">SynapticOperations, Effective_MACs</th><td>500 a sample")
        .contains("<th scope=\"row\">ActivationSparsity</th><td>0.7500")
        .contains("<th scope=\"row\">ConnectionSparsity</th><td>")
        .doesNotContain("about", "at most");
  }

  @Test
  void runThatIsNotFinishedShowsAnEstimate() {
    assertThat(section(Optional.empty()))
        .contains("estimated from the spikes of the validation set until the run is finished")
        .contains("at most ", "ConnectionSparsity")
        .doesNotContain("Effective_MACs");
  }

  @Test
  void whatADamagedFileDoesNotHoldIsLeftOut() {
    ObjectNode foreign = Json.object().put("ActivationSparsity", "<b>");

    assertThat(section(Optional.of(foreign))).doesNotContain("ActivationSparsity", "<b>");
  }

  private String section(Optional<ObjectNode> neuroBench) {
    ReportedRun run = LongRuns.run("/runs/r", 2, 3);
    ReportedRun withModel =
        new ReportedRun(
            run.path(),
            run.config(),
            run.epochs(),
            Optional.empty(),
            run.fingerprint(),
            Optional.of(model),
            Optional.empty(),
            List.of(),
            neuroBench,
            List.of());
    return Work.section(withModel).orElseThrow().render();
  }
}
