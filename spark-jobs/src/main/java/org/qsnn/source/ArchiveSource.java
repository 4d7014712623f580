package org.qsnn.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.qsnn.DataException;
import org.qsnn.dataset.CifarFormat;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Hashes;

/**
 * A .tar.gz as the data sets' page offers it, read without unpacking: what counts of an entry's
 * path is its last part, and nothing is ever written under it.
 */
final class ArchiveSource implements RawSource {
  private static final int BUFFER = 1 << 16;

  private final FileStore files;
  private final CifarFormat format;
  private final FileEntry archive;

  ArchiveSource(FileStore files, CifarFormat format, FileEntry archive) {
    this.files = files;
    this.format = format;
    this.archive = archive;
  }

  @Override
  public List<String> classNames() {
    return format.classNames();
  }

  @Override
  public String splitName() {
    return "official";
  }

  /** Two passes: the first finds that the set is whole, the second reads it in the tar's order. */
  @Override
  public Payload read(Consumer<RawPart> parts) {
    checkHash();
    CifarInventory inventory = new CifarInventory(format, archive.path());
    forEachFile((entry, in) -> inventory.add(name(entry), entry.getSize()));
    Map<String, CifarPart> byName =
        inventory.parts().stream().collect(Collectors.toMap(CifarPart::name, Function.identity()));
    forEachFile(
        (entry, in) -> {
          CifarPart part = byName.get(name(entry));
          if (part != null) {
            parts.accept(part.of(archive.path() + "!" + entry.getName(), in));
          }
        });
    return CifarPart.PAYLOAD;
  }

  /** An archive that bears the official name must have the official content. */
  private void checkHash() {
    OfficialArchive official = OfficialArchive.of(format);
    if (!archive.name().equals(official.fileName())) {
      return;
    }
    String found = files.read(archive.path(), in -> Hashes.of(Hashes.md5(), in));
    if (!found.equals(official.md5())) {
      throw new DataException(
          "%s: expected the MD5 %s that is published for it, found %s (%d bytes); fetch it again"
              .formatted(archive.path(), official.md5(), found, archive.bytes()));
    }
  }

  @Override
  public String state() {
    return archive.path() + " " + archive.bytes() + " " + archive.modified();
  }

  private interface EntryVisitor {
    void visit(TarArchiveEntry entry, InputStream in);
  }

  private void forEachFile(EntryVisitor visitor) {
    files.read(
        archive.path(),
        file -> {
          TarArchiveInputStream tar = open(file);
          for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
            if (entry.isFile()) {
              visitor.visit(entry, tar);
            }
          }
          return archive;
        });
  }

  private TarArchiveInputStream open(InputStream file) {
    try {
      InputStream buffered = new BufferedInputStream(file, BUFFER);
      return new TarArchiveInputStream(new GzipCompressorInputStream(buffered, true));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) {
    try {
      return tar.getNextEntry();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private DataException damaged(IOException e) {
    return new DataException(
        "%s: expected a whole .tar.gz archive of %s, found a damaged one or something else: %s"
            .formatted(archive.path(), format, e.getMessage()),
        e);
  }

  private static String name(TarArchiveEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }
}
