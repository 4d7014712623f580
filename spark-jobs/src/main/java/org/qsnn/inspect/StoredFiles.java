package org.qsnn.inspect;

import java.util.List;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/** The store as inspection sees it. */
public record StoredFiles(FileStore files) implements InspectedFiles {
  @Override
  public boolean isFolder(String path) {
    return files.entry(path).isFolder();
  }

  @Override
  public List<String> names(String folder) {
    return files.list(folder).stream().map(FileEntry::name).toList();
  }

  @Override
  public <T> T read(String path, Decoder<T> decoder) {
    long bytes = files.entry(path).bytes();
    return files.read(path, in -> decoder.decode(in, bytes));
  }
}
