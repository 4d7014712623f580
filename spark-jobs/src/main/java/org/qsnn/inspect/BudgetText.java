package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.budget.LayerSensitivity;
import org.qsnn.budget.MembraneBudget.Candidate;
import org.qsnn.budget.MembraneBudget.Plan;
import org.qsnn.json.Json;
import org.qsnn.model.MembraneBits;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/**
 * Membrane bits that were chosen by layer: for people as text, for programs as JSON.
 *
 * @param plan what was found
 * @param trained bits that the model was trained with
 * @param weightBytes of the packed model
 */
public record BudgetText(Plan plan, MembraneBits trained, long weightBytes) {

  /** A row a layer with its loss at each number of bits, then a row a candidate. */
  public List<String> lines() {
    return new TextBlocks().block(layers()).block(candidates()).lines();
  }

  private List<String> layers() {
    List<String> headings = new ArrayList<>(List.of("layer", ">neurons", ">trained"));
    MembraneBits.QUANTIZED.forEach(bits -> headings.add(">loss with " + bits));
    headings.add(">chosen");
    Table table = Table.headed(headings.toArray(String[]::new));
    for (int i = 0; i < plan.layers().size(); i++) {
      LayerSensitivity layer = plan.layers().get(i);
      List<String> row = new ArrayList<>();
      row.add(layer.name());
      row.add(Sizes.count(layer.neurons()));
      row.add(Integer.toString(trained.at(i)));
      MembraneBits.QUANTIZED.forEach(bits -> row.add(number(layer.losses().get(bits))));
      row.add(Integer.toString(plan.chosen().bits().at(i)));
      table.row(row.toArray(String[]::new));
    }
    return table.lines();
  }

  private List<String> candidates() {
    Table table =
        Table.headed("all layers", ">bytes", ">of these membranes", ">loss", ">accuracy", "");
    for (Candidate candidate : plan.candidates()) {
      table.row(
          name(candidate.bits()),
          Sizes.count(weightBytes + candidate.membraneBytes()),
          Sizes.count(candidate.membraneBytes()),
          number(candidate.evaluation().meanLoss()),
          number(candidate.evaluation().accuracy()),
          marks(candidate));
    }
    return table.lines();
  }

  private static String name(MembraneBits bits) {
    return bits.isUniform() ? bits + " bits" : "by layer, " + bits.shown() + " bits";
  }

  private String marks(Candidate candidate) {
    List<String> marks = new ArrayList<>();
    if (candidate.bits().equals(trained)) {
      marks.add("trained");
    }
    if (candidate.equals(plan.chosen())) {
      marks.add("chosen");
    }
    return String.join(", ", marks);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** The same as one JSON object on one line. */
  public String json() {
    ObjectNode json = Json.object();
    json.put("weight_bytes", weightBytes);
    ArrayNode layers = json.putArray("layers");
    for (int i = 0; i < plan.layers().size(); i++) {
      LayerSensitivity layer = plan.layers().get(i);
      ObjectNode row = layers.addObject();
      row.put("layer", layer.name());
      row.put("neurons", layer.neurons());
      row.put("trained_bits", trained.at(i));
      row.put("chosen_bits", plan.chosen().bits().at(i));
      ObjectNode losses = row.putObject("losses");
      layer.losses().forEach((bits, loss) -> losses.put(bits.toString(), loss));
    }
    ArrayNode candidates = json.putArray("candidates");
    for (Candidate candidate : plan.candidates()) {
      ObjectNode row = candidates.addObject();
      Json.putNumbers(row, "membrane_bits", candidate.bits().values());
      row.put("membrane_bytes", candidate.membraneBytes());
      row.put("loss", candidate.evaluation().meanLoss());
      row.put("accuracy", candidate.evaluation().accuracy());
      row.put("trained", candidate.bits().equals(trained));
      row.put("chosen", candidate.equals(plan.chosen()));
    }
    return Json.text(json);
  }
}
