package org.qsnn.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qsnn.ConfigurationException;
import org.qsnn.deploy.IntegerBranch;
import org.qsnn.deploy.IntegerInput;
import org.qsnn.deploy.IntegerLayer;
import org.qsnn.deploy.IntegerNetwork;
import org.qsnn.deploy.IntegerReadout;

/**
 * A network as C99: a header and a source without allocation, floats, recursion or libraries, that
 * answers as {@link org.qsnn.deploy.IntegerRunner} does. Equal networks give equal bytes.
 */
public final class CExport {
  private static final String NAME = "[a-z][a-z0-9_]{0,40}";

  private final IntegerNetwork network;
  private final String name;
  private final String modelSha256;
  private final ArenaPlan arena;
  private final CTables tables = new CTables();
  private final List<Long> layerBytes = new ArrayList<>();
  private final StringBuilder layers = new StringBuilder();

  /**
   * @param name of the files, and in front of all public names
   * @param modelSha256 of the model's file
   * @throws ConfigurationException if the name is no name in C, or the network does not fit
   */
  public CExport(IntegerNetwork network, String name, String modelSha256) {
    if (!name.matches(NAME)) {
      throw new ConfigurationException(
          "--prefix: must be lower-case letters, digits and underscores, a letter first; found "
              + name);
    }
    this.network = network;
    this.name = name;
    this.modelSha256 = modelSha256;
    this.arena = ArenaPlan.of(network);
    addInput();
    for (int i = 0; i < network.layers().size(); i++) {
      long before = tables.bytes();
      addLayer(i);
      tables.countLayer();
      layerBytes.add(tables.bytes() - before);
    }
    long before = tables.bytes();
    tables.bytes("qsnn_readout", network.readout().codes());
    tables.longs("qsnn_biases", network.readout().biases());
    layerBytes.add(tables.bytes() - before);
    addSelfTest();
  }

  /**
   * Bytes of constants, where a pointer has 32 bits: weights and tables, without the program's
   * code.
   */
  public long flashBytes() {
    return tables.bytes();
  }

  /** Bytes of the arena that a caller hands in. */
  public long ramBytes() {
    return arena.bytes();
  }

  /**
   * @throws ConfigurationException if the constants are larger, with the largest layer's name
   */
  public void requireFlash(long most) {
    if (flashBytes() > most) {
      int largest = 0;
      for (int i = 1; i < layerBytes.size(); i++) {
        largest = layerBytes.get(i) > layerBytes.get(largest) ? i : largest;
      }
      throw tooLarge(
          "--max-flash", "constants", most, flashBytes(), largest, layerBytes.get(largest));
    }
  }

  /**
   * @throws ConfigurationException if the arena is larger, with the name of the layer that needs it
   */
  public void requireRam(long most) {
    if (ramBytes() > most) {
      long words = ArenaPlan.outputWords(network, arena.largest());
      throw tooLarge(
          "--max-ram", "an arena", most, ramBytes(), arena.largest(), Integer.BYTES * words);
    }
  }

  private ConfigurationException tooLarge(
      String option, String what, long most, long found, int layer, long bytes) {
    String layerName =
        layer < network.layers().size() ? network.layers().get(layer).name() : "readout";
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s: must be at least the %d bytes of %s; found %d; most is for %s: %d bytes",
            option,
            found,
            what,
            most,
            layerName,
            bytes));
  }

  /** The files: header, source, sizes as JSON, and an example that classifies one image. */
  public SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(name + ".h", filled(resource("header.h")));
    files.put(
        name + ".c",
        filled(resource("declarations.c"))
            + tables.text()
            + table()
            + filled(resource("runtime.c")));
    files.put(name + ".json", json());
    files.put("main.c", filled(resource("main.c")));
    return files;
  }

  private boolean isWide() {
    return network.layers().stream()
        .flatMap(layer -> layer.membranes().stream())
        .anyMatch(CTables::isWide);
  }

  private void addInput() {
    if (network.input().isSteady()) {
      tables.shorts("qsnn_pixels", network.input().table());
    }
  }

  private void addLayer(int index) {
    IntegerLayer layer = network.layers().get(index);
    String at = "qsnn_l" + index;
    StringBuilder branches = new StringBuilder();
    for (int b = 0; b < layer.branches().size(); b++) {
      branches.append(branch(layer, layer.branches().get(b), at + "_b" + b));
    }
    tables.scaled(layer.name(), at + "_offset", layer.offsets());
    tables.membranes(at + "_membrane", layer, isWide());
    layers.append(
        String.format(
            Locale.ROOT,
            "  /* %s */\n  {%d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %dUL, %dUL, INT64_C(%d), INT64_C(%d), {\n%s  },\n   %s_offset, %s_offset_shift, %s},\n",
            layer.name(),
            layer.channels(),
            layer.outputSize(),
            layer.pool().extent(),
            layer.pool().stride(),
            layer.pool().padding(),
            layer.pool().used(layer.size()),
            layer.pool().isMax() ? 1 : 0,
            ArenaPlan.planes(layer.counts()),
            layer.fraction(),
            layer.branches().size(),
            arena.offsets()[index],
            ArenaPlan.outputWords(network, index),
            layer.threshold(),
            layer.subtracted(),
            branches,
            at,
            at,
            layer.membranes().isEmpty() ? "(const qsnn_membrane *)0" : at + "_membrane"));
  }

  private String branch(IntegerLayer layer, IntegerBranch branch, String at) {
    boolean isInput = branch.source() < 0;
    String weights = at + "_weights";
    switch (branch.kind()) {
      case CODES -> tables.bytes(weights, branch.weights());
      case SIGNS -> tables.signs(weights, branch);
      case IDENTITY -> weights = "(const void *)0";
    }
    tables.scaled(layer.name(), at + "_factor", branch.factors());
    int size =
        isInput ? network.input().size() : network.layers().get(branch.source()).outputSize();
    return String.format(
        Locale.ROOT,
        "    {QSNN_%s, %d, %d, %d, %d, %d, %d, %dUL, %dUL, %s, %s_factor, %s_factor_shift},\n",
        branch.kind(),
        branch.kernel(),
        branch.stride(),
        branch.padding(),
        isInput ? 0 : ArenaPlan.planes(network.counts(branch)),
        branch.inChannels(),
        size,
        isInput ? 0 : ArenaPlan.patchBits(branch),
        isInput ? 0 : arena.offsets()[branch.source()],
        weights,
        at,
        at);
  }

  private void addSelfTest() {
    SelfTest test = SelfTest.of(network);
    int layerCount = network.layers().size();
    int[] hashes = new int[SelfTest.VECTORS * layerCount];
    long[] scores = new long[SelfTest.VECTORS * network.classes()];
    for (int v = 0; v < SelfTest.VECTORS; v++) {
      System.arraycopy(test.hashes()[v], 0, hashes, v * layerCount, layerCount);
      System.arraycopy(test.scores()[v], 0, scores, v * network.classes(), network.classes());
    }
    tables.words("qsnn_test_hashes", hashes);
    tables.longs("qsnn_test_scores", scores);
  }

  private String table() {
    return "static const qsnn_layer qsnn_layers[QSNN_LAYERS] = {\n" + layers + "};\n\n";
  }

  private String json() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < layerBytes.size(); i++) {
      boolean isLayer = i < network.layers().size();
      rows.append(
          String.format(
              Locale.ROOT,
              "    {\"name\": \"%s\", \"flash_bytes\": %d, \"output_bytes\": %d}%s\n",
              isLayer ? network.layers().get(i).name() : "readout",
              layerBytes.get(i),
              isLayer ? Integer.BYTES * ArenaPlan.outputWords(network, i) : 0,
              i < layerBytes.size() - 1 ? "," : ""));
    }
    return filled(resource("sizes.json")).replace("@LAYER_ROWS@", rows.toString().stripTrailing());
  }

  private String filled(String template) {
    IntegerInput input = network.input();
    int frames = input.isSteady() ? 1 : network.timesteps();
    String text = template;
    for (Map.Entry<String, Object> value :
        Map.<String, Object>ofEntries(
                Map.entry("NAME", name),
                Map.entry("UPPER", name.toUpperCase(Locale.ROOT)),
                Map.entry("SHA256", modelSha256),
                Map.entry("ARCHITECTURE", network.architecture()),
                Map.entry("TIMESTEPS", network.timesteps()),
                Map.entry("LAYERS", network.layers().size()),
                Map.entry("CLASSES", network.classes()),
                Map.entry("CHANNELS", input.channels()),
                Map.entry("SIZE", input.size()),
                Map.entry("CARRIED", isWide() ? "int64_t" : "uint32_t"),
                Map.entry("READ_CARRIED", isWide() ? "QSNN_READ_I64" : "QSNN_READ_U32"),
                Map.entry("FRAMES", frames),
                Map.entry("FRACTION", input.fraction()),
                Map.entry("IS_STEADY", input.isSteady() ? 1 : 0),
                Map.entry("NUMBER", input.isSteady() ? "uint8_t" : "int16_t"),
                Map.entry("INPUT_LENGTH", frames * input.frameLength()),
                Map.entry("FEATURES", network.readout().features()),
                Map.entry("SCORE_FRACTION", IntegerReadout.FRACTION),
                Map.entry("VECTORS", SelfTest.VECTORS),
                Map.entry("PATCH_WORDS", arena.patchWords()),
                Map.entry("ARENA_WORDS", arena.words()),
                Map.entry("ARENA_BYTES", arena.bytes()),
                Map.entry("ARENA_LAYER", network.layers().get(arena.largest()).name()),
                Map.entry("OUTSIDE_BYTES", ArenaPlan.bytesOfTimestepsOutside(network)),
                Map.entry("STACK_BYTES", 4 * network.layers().size() + 8 * network.classes()),
                Map.entry("FLASH_BYTES", flashBytes()))
            .entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue().toString());
    }
    return text;
  }

  private static String resource(String file) {
    try (InputStream in = CExport.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
