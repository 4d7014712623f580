package org.qsnn.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.qsnn.DataException;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/**
 * A .zip whose files are read in any order, without unpacking them to a disk. One that does not lie
 * on the local disk is copied to {@code java.io.tmpdir} while it is open.
 */
final class ZipArchive implements AutoCloseable {
  /** Between the path of an archive and that of a file in it. */
  private static final String INSIDE = "!";

  private final FileStore files;
  private final FileEntry archive;
  private final Optional<String> temporary;
  private final ZipFile zip;

  private ZipArchive(FileStore files, FileEntry archive, Optional<String> temporary, ZipFile zip) {
    this.files = files;
    this.archive = archive;
    this.temporary = temporary;
    this.zip = zip;
  }

  /**
   * @param content what is expected in it, for messages
   * @throws DataException if it is cut off, damaged or something else
   */
  static ZipArchive open(FileStore files, FileEntry archive, String content) {
    Optional<Path> local = files.paths().local(archive.path());
    Optional<String> temporary =
        local.isPresent() ? Optional.empty() : Optional.of(copy(files, archive));
    try {
      Path file = local.orElseGet(() -> files.paths().local(copied(temporary.get())).orElseThrow());
      return new ZipArchive(files, archive, temporary, new ZipFile(file.toFile()));
    } catch (IOException e) {
      temporary.ifPresent(files::discard);
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: expected a whole .zip archive of %s, found a damaged one of %d bytes, or something"
                  + " else: %s: an interrupted download?",
              archive.path(),
              content,
              archive.bytes(),
              e.getMessage()),
          e);
    }
  }

  private static String copy(FileStore files, FileEntry archive) {
    String folder =
        files.temporary("file:" + System.getProperty("java.io.tmpdir") + "/qsnn-archive");
    try {
      files.createFolder(folder);
      files.read(archive.path(), in -> files.commit(copied(folder), in::transferTo));
      return folder;
    } catch (DataException e) {
      files.discard(folder);
      throw e;
    }
  }

  private static String copied(String folder) {
    return folder + "/archive.zip";
  }

  /** The archive itself. */
  FileEntry archive() {
    return archive;
  }

  /** Its files, in its order; the path of one is that of the archive, “!” and its own. */
  List<FileEntry> entries() {
    return zip.stream().filter(entry -> !entry.isDirectory()).map(this::entry).toList();
  }

  private FileEntry entry(ZipEntry entry) {
    String path = entry.getName();
    return new FileEntry(
        path.substring(path.lastIndexOf('/') + 1),
        archive.path() + INSIDE + path,
        Math.max(0, entry.getSize()),
        archive.modified(),
        false);
  }

  /** Where a file of {@link #entries} lies inside. */
  String inside(FileEntry file) {
    return file.path().substring((archive.path() + INSIDE).length());
  }

  boolean holds(FileEntry file) {
    return file.path().startsWith(archive.path() + INSIDE);
  }

  /**
   * Reads one of {@link #entries} to its end.
   *
   * @throws DataException if it is damaged, or far more comes out of it than it is long
   */
  <T> T read(FileEntry file, FileStore.Decoder<T> decoder) {
    ZipEntry entry = zip.getEntry(inside(file));
    FileEntry packed =
        new FileEntry(file.name(), file.path(), entry.getCompressedSize(), file.modified(), false);
    CRC32 found = new CRC32();
    try (InputStream in =
        new CheckedInputStream(new UnpackedStream(zip.getInputStream(entry), packed), found)) {
      T decoded = decoder.decode(in);
      in.transferTo(OutputStream.nullOutputStream());
      if (entry.getCrc() != found.getValue()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: expected content with the CRC-32 %08x that the archive names, found %08x",
                file.path(),
                entry.getCrc(),
                found.getValue()));
      }
      return decoded;
    } catch (IOException e) {
      throw new DataException(
          String.format(Locale.ROOT, "%s: damaged in its archive: %s", file.path(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new DataException(archive.path() + ": cannot be closed: " + e.getMessage(), e);
    } finally {
      temporary.ifPresent(files::discard);
    }
  }
}
