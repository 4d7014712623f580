package org.qsnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.qsnn.DataException;
import org.qsnn.storage.FileEntry;

/**
 * The files in a .zip: those of {@code a.zip} have paths such as {@code a.zip!/train/cat/1.jpg}.
 */
final class ZipTree implements FileTree, AutoCloseable {
  /** What the archiver of macOS adds: the attributes of the other files. */
  private static final String MAC_ATTRIBUTES = "__MACOSX";

  private final ZipFile zip;
  private final String root;
  private final Map<String, List<FileEntry>> folders = new TreeMap<>();

  private ZipTree(ZipFile zip, String root) {
    this.zip = zip;
    this.root = root;
    folders.put(root, new ArrayList<>());
    zip.stream().filter(entry -> !entry.isDirectory()).forEach(this::add);
    folders.values().forEach(list -> list.sort(Comparator.comparing(FileEntry::name)));
  }

  /**
   * @param local its copy on the local disk, or itself
   * @param path its own, for messages
   * @throws DataException if it is no .zip, or cut off
   */
  static ZipTree open(Path local, String path) {
    try {
      return new ZipTree(new ZipFile(local.toFile()), path + "!");
    } catch (IOException e) {
      throw new DataException(path + ": must be a folder or a whole .zip: " + e.getMessage(), e);
    }
  }

  /** The folder that is all there is in it; if there is more, all of it. */
  String top() {
    List<FileEntry> entries =
        list(root).stream()
            .filter(entry -> !FileTree.isHidden(entry.name()))
            .filter(entry -> !entry.name().equals(MAC_ATTRIBUTES))
            .toList();
    return entries.size() == 1 && entries.get(0).isFolder() ? entries.get(0).path() : root;
  }

  private void add(ZipEntry file) {
    String path = root + "/" + file.getName();
    folder(parent(path)).add(entry(path, file.getSize(), file.getTime(), false));
  }

  private List<FileEntry> folder(String path) {
    List<FileEntry> known = folders.get(path);
    if (known != null) {
      return known;
    }
    folder(parent(path)).add(entry(path, 0, 0, true));
    List<FileEntry> added = new ArrayList<>();
    folders.put(path, added);
    return added;
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static FileEntry entry(String path, long bytes, long modified, boolean isFolder) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new FileEntry(name, path, bytes, modified, isFolder);
  }

  @Override
  public List<FileEntry> list(String folder) {
    return folders.getOrDefault(folder, List.of());
  }

  @Override
  public byte[] read(String path, int limit) {
    ZipEntry entry = zip.getEntry(path.substring(root.length() + 1));
    if (entry == null) {
      throw new DataException(path + ": is missing");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new DataException(path + ": expected at most " + limit + " bytes, found more");
      }
      requireSum(path, entry.getCrc(), bytes);
      return bytes;
    } catch (IOException e) {
      throw new DataException(path + ": is damaged: " + e.getMessage(), e);
    }
  }

  /** Java does not compare. */
  private static void requireSum(String path, long expected, byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (crc.getValue() != expected) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is damaged: expected CRC-32 %08x, found %08x",
              path,
              expected,
              crc.getValue()));
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new DataException(root + ": cannot be closed: " + e.getMessage(), e);
    }
  }
}
