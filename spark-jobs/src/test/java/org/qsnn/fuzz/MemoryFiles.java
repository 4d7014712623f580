package org.qsnn.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.qsnn.inspect.InspectedFiles;

/** Files by their paths; what a path is the beginning of is a folder. */
record MemoryFiles(Map<String, byte[]> files) implements InspectedFiles {
  @Override
  public boolean isFolder(String path) {
    return !files.containsKey(path);
  }

  @Override
  public List<String> names(String folder) {
    return files.keySet().stream()
        .filter(path -> path.startsWith(folder + "/"))
        .map(path -> path.substring(folder.length() + 1).replaceFirst("/.*", ""))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public <T> T read(String path, Decoder<T> decoder) {
    byte[] bytes = files.get(path);
    try {
      return decoder.decode(new ByteArrayInputStream(bytes), bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
