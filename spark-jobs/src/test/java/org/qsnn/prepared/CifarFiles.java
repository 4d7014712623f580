package org.qsnn.prepared;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.qsnn.sample.CifarFormat;
import org.qsnn.tensor.RandomStream;

/** Made-up files in the official layout, a few records each. */
public final class CifarFiles {
  private CifarFiles() {}

  public static List<String> names(CifarFormat format) {
    List<String> names = new ArrayList<>(format.trainFiles());
    names.addAll(format.testFiles());
    return names;
  }

  /** A whole set: {@code records} records in each training file, one in each test file. */
  public static Path write(Path folder, CifarFormat format, int records) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < format.trainFiles().size(); i++) {
      Files.write(
          folder.resolve(format.trainFiles().get(i)), records(format, i * records, records));
    }
    for (String name : format.testFiles()) {
      Files.write(folder.resolve(name), records(format, 1_000_000, 1));
    }
    return folder;
  }

  /** Records whose label is the id modulo the number of classes. */
  public static byte[] records(CifarFormat format, int firstId, int count) {
    byte[] bytes = new byte[count * format.recordBytes()];
    int at = 0;
    for (int id = firstId; id < firstId + count; id++) {
      int label = label(format, id);
      if (format == CifarFormat.CIFAR100) {
        bytes[at++] = (byte) (label / 5);
      }
      bytes[at++] = (byte) label;
      for (byte pixel : payload(id)) {
        bytes[at++] = pixel;
      }
    }
    return bytes;
  }

  static int label(CifarFormat format, int id) {
    return id % format.classNames().size();
  }

  static byte[] payload(int id) {
    RandomStream random = RandomStream.of(id);
    byte[] pixels = new byte[CifarFormat.PAYLOAD_BYTES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    return pixels;
  }

  /** Packs files of a folder under a prefix, in the order given. */
  public static Path archive(Path archive, Path folder, String prefix, List<String> names)
      throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      for (String name : names) {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        TarArchiveEntry entry = new TarArchiveEntry(prefix + name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }
}
