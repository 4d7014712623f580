package org.qsnn.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.qsnn.DataException;
import org.qsnn.run.RunFiles;

/** The local disk, without Hadoop; also writes into one directory of it. */
public record LocalFiles(Path root) implements InspectedFiles, RunFiles {
  @Override
  public boolean isFolder(String path) {
    if (!Files.exists(root.resolve(path))) {
      throw new DataException(path + ": does not exist");
    }
    return Files.isDirectory(root.resolve(path));
  }

  @Override
  public List<String> names(String folder) {
    try (Stream<Path> children = Files.list(root.resolve(folder))) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T> T read(String path, Decoder<T> decoder) {
    Path file = root.resolve(path);
    try (InputStream in = Files.newInputStream(file)) {
      return decoder.decode(in, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(String name, byte[] bytes) {
    try {
      Files.createDirectories(root.resolve(name).getParent());
      Files.write(root.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
