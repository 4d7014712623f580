package org.qsnn.dataset;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.qsnn.sample.CifarFormat;
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
    this.entries =
        entries.stream().filter(entry -> entry.name().endsWith(CifarPart.ENDING)).toList();
  }

  @Override
  public List<String> classNames() {
    return format.classNames();
  }

  @Override
  public String splitName() {
    return "official";
  }

  @Override
  public PayloadFormat read(Consumer<RawPart> parts) {
    CifarInventory inventory = new CifarInventory(format, folder);
    entries.forEach(entry -> inventory.add(entry.name(), entry.bytes()));
    for (CifarPart part : inventory.parts()) {
      String path = folder + "/" + part.name();
      files.read(
          path,
          in -> {
            parts.accept(part.of(path, in));
            return part;
          });
    }
    return CifarPart.PAYLOAD;
  }

  @Override
  public String state() {
    return entries.stream()
        .map(entry -> entry.path() + " " + entry.bytes() + " " + entry.modified())
        .collect(Collectors.joining("\n"));
  }
}
