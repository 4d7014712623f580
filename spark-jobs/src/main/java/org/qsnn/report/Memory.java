package org.qsnn.report;

import j2html.tags.DomContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.qsnn.config.NetworkSection;
import org.qsnn.model.Footprint;
import org.qsnn.model.MembraneBits;
import org.qsnn.text.Sizes;

/** The memory that a network takes, in both of the paper's senses. */
final class Memory {
  private static final int FLOAT_BITS = MembraneBits.FLOAT;

  private Memory() {}

  static Optional<DomContent> section(ReportedRun run) {
    return run.model().map(model -> section(run, Footprint.of(model.spec())));
  }

  private static DomContent section(ReportedRun run, Footprint footprint) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("parameters", Sizes.count(footprint.parameters()));
    all.put("weights as float32", Sizes.megabytes(footprint.floatBytes()));
    all.put("weights, packed", Sizes.saving(footprint.packedBytes(), footprint.floatBytes()));
    all.put(
        "membranes of all layers, one sample",
        Sizes.megabytes(footprint.membraneBytes())
            + " at "
            + run.config().network().membraneBits().shown()
            + " bits");
    all.put(
        "weights and membranes of all layers",
        String.format(
            Locale.ROOT,
            "%s, %.1f %% less than with 32 bits throughout",
            Sizes.megabytes(footprint.packedBytes() + footprint.membraneBytes()),
            100 * footprint.saving()));
    return Html.section(
        "Memory",
        Html.facts(all),
        Html.paragraph(
            "As the paper's Table 2 counts: weights, and the membranes of the largest layer only,"
                + " by batch size, in MB (10⁶ bytes)."),
        table(run, footprint));
  }

  private static DomContent table(ReportedRun run, Footprint footprint) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    rows.put("this network, " + run.bits(), tableRow(footprint, footprint.packedBytes()));
    rows.put(
        "this network, 32w32u",
        tableRow(footprint.withMembraneBits(FLOAT_BITS), footprint.floatBytes()));
    String architecture = run.config().network().architecture().key();
    NetworkSection network = run.config().network();
    Paper.memory(architecture, network.weightBits(), network.membraneBits())
        .ifPresent(row -> rows.put("paper, full width, " + run.bits(), shown(row)));
    Paper.memory(architecture, FLOAT_BITS, MembraneBits.of(FLOAT_BITS))
        .ifPresent(row -> rows.put("paper, full width, 32w32u", shown(row)));
    return Html.table(
        "memory by batch size",
        Stream.concat(Stream.of(""), Paper.BATCHES.stream().map(batch -> "batch " + batch))
            .toList(),
        rows);
  }

  private static List<String> tableRow(Footprint footprint, long weightBytes) {
    return Paper.BATCHES.stream()
        .map(batch -> megabytes(footprint.tableBytes(weightBytes, batch) / 1e6))
        .toList();
  }

  private static List<String> shown(Paper.Memory row) {
    return row.megabytes().stream().map(Memory::megabytes).toList();
  }

  private static String megabytes(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
