package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.qsnn.event.EventFormat;
import org.qsnn.json.Json;
import org.qsnn.sample.PictureFile;
import org.qsnn.text.Sizes;
import org.qsnn.text.Table;
import org.qsnn.text.TextBlocks;

/**
 * A folder with pictures or recordings in folders of classes: how many files each of them holds, by
 * their endings. No file is opened.
 */
final class FolderInspection {
  /** Below the folder: split, class, and one more that some sets have. */
  private static final int DEEPEST = 3;

  private static final Pattern ENDING = Pattern.compile(".*[.](\\w{1,8})", Pattern.DOTALL);

  private static final String NONE = "others";

  private final InspectedFiles files;

  /** Of each folder that holds files, the number of those with an ending. */
  private final SortedMap<String, SortedMap<String, Integer>> folders = new TreeMap<>();

  private long samples;

  private FolderInspection(InspectedFiles files) {
    this.files = files;
  }

  /** Empty if no folder in it holds a picture or a recording. */
  static Optional<Inspection> of(InspectedFiles files, String path, List<String> names) {
    FolderInspection inspection = new FolderInspection(files);
    for (String name : names) {
      if (!isFile(name) && files.isFolder(path + "/" + name)) {
        inspection.count(path + "/" + name, name, 1);
      }
    }
    return inspection.samples == 0 ? Optional.empty() : Optional.of(inspection.inspection(path));
  }

  private static boolean isFile(String name) {
    return PictureFile.isNamed(name) || EventFormat.isNamed(name);
  }

  private void count(String path, String name, int depth) {
    for (String child : files.names(path)) {
      if (isFile(child)) {
        samples++;
        add(name, child);
      } else if (!files.isFolder(path + "/" + child)) {
        add(name, child);
      } else if (depth < DEEPEST) {
        count(path + "/" + child, name + "/" + child, depth + 1);
      }
    }
  }

  private void add(String folder, String file) {
    var ending = ENDING.matcher(file);
    folders
        .computeIfAbsent(folder, key -> new TreeMap<>())
        .merge(ending.matches() ? ending.group(1).toLowerCase(Locale.ROOT) : NONE, 1, Integer::sum);
  }

  private Inspection inspection(String path) {
    Table table = Table.headed("folder", ">files", "endings");
    ArrayNode rows = Json.array();
    folders.forEach(
        (name, endings) -> {
          int all = endings.values().stream().mapToInt(Integer::intValue).sum();
          table.row(name, Sizes.count(all), shown(endings));
          ObjectNode row = rows.addObject();
          row.put("name", name);
          endings.forEach(row.putObject("files")::put);
        });
    ObjectNode json = Json.object();
    json.put("what", "folder");
    json.put("path", path);
    json.put("samples", samples);
    json.set("folders", rows);
    TextBlocks text =
        new TextBlocks()
            .block(
                Table.ofFacts()
                    .row("folder", path)
                    .row("pictures and recordings", Sizes.count(samples))
                    .lines())
            .block(table.lines());
    return new Inspection(json, text.lines());
  }

  private static String shown(Map<String, Integer> endings) {
    return endings.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
