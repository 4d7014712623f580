package org.qsnn.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/** A .tar.gz as the data sets' page offers it, read without unpacking. */
final class ArchiveSource implements RawSource {
  private final FileStore files;
  private final CifarFormat format;
  private final OfficialArchive official;
  private final FileEntry archive;
  private final TarGz tar;

  ArchiveSource(FileStore files, CifarDataset dataset, FileEntry archive) {
    this.files = files;
    this.format = dataset.format();
    this.official = dataset.officialArchive();
    this.archive = archive;
    this.tar = new TarGz(files, archive, format.toString());
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
  public PayloadFormat read(Consumer<RawPart> parts) {
    checkHash();
    CifarInventory inventory = new CifarInventory(format, archive.path());
    tar.forEachFile((entry, in) -> inventory.add(entry.name(), entry.bytes()));
    Map<String, CifarPart> byName =
        inventory.parts().stream().collect(Collectors.toMap(CifarPart::name, Function.identity()));
    tar.forEachFile(
        (entry, in) -> {
          CifarPart part = byName.get(entry.name());
          if (part != null) {
            parts.accept(part.of(archive.path() + "!" + entry.path(), in));
          }
        });
    return CifarPart.PAYLOAD;
  }

  /** An archive that bears the official name must have the official content. */
  private void checkHash() {
    if (!archive.name().equals(official.fileName())) {
      return;
    }
    String found = files.read(archive.path(), in -> Hashes.of(Hashes.md5(), in));
    if (!found.equals(official.md5())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected the MD5 %s that is published for it, found %s (%d bytes); fetch it again",
              archive.path(),
              official.md5(),
              found,
              archive.bytes()));
    }
  }

  @Override
  public String state() {
    return archive.path() + " " + archive.bytes() + " " + archive.modified();
  }
}
