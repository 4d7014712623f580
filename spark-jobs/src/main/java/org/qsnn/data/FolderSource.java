package org.qsnn.data;

import java.util.List;
import java.util.stream.Collectors;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/** A folder with unpacked .bin files. */
final class FolderSource implements RawSource {
  private final FileStore files;
  private final CifarFormat format;
  private final String folder;
  private final List<FileEntry> entries;

  FolderSource(FileStore files, CifarFormat format, String folder, List<FileEntry> entries) {
    this.files = files;
    this.format = format;
    this.folder = folder;
    this.entries = entries.stream().filter(entry -> entry.name().endsWith(".bin")).toList();
  }

  @Override
  public List<RawPart> parts() {
    CifarInventory inventory = new CifarInventory(format, folder);
    entries.forEach(entry -> inventory.add(entry.name(), entry.bytes()));
    return inventory.parts();
  }

  @Override
  public void read(List<RawPart> parts, Visitor visitor) {
    for (RawPart part : parts) {
      String path = folder + "/" + part.name();
      files.read(
          path,
          in -> {
            visitor.visit(part, path, in);
            return part;
          });
    }
  }

  @Override
  public String state() {
    return entries.stream()
        .map(entry -> entry.path() + " " + entry.bytes() + " " + entry.modified())
        .collect(Collectors.joining("\n"));
  }
}
