package org.qsnn.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.qsnn.cluster.StoredClusters;
import org.qsnn.dataset.Places;
import org.qsnn.dataset.RawPart;
import org.qsnn.prepared.CifarFiles;
import org.qsnn.prepared.Preparation;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.sample.CifarFormat;
import org.qsnn.storage.ChecksummedFile;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;
import org.qsnn.storage.StoredLeases;

/** Readers of data sets, and of what processes leave for each other. */
final class StoredSets {
  private final FileStore files = FileStore.of(new Configuration());
  private final Path root;

  /**
   * @param root for files that have to lie somewhere to be read
   */
  StoredSets(Path root) {
    this.root = root;
  }

  Stream<FuzzedReader> readers() throws IOException {
    byte[] cifar10 = CifarFiles.records(CifarFormat.CIFAR10, 0, 2);
    byte[] cifar100 = CifarFiles.records(CifarFormat.CIFAR100, 0, 2);
    byte[] archive = archive();
    return Stream.of(
        FuzzedReader.of("CIFAR-10 file", List.of(cifar10), b -> read(CifarFormat.CIFAR10, b)),
        FuzzedReader.of("CIFAR-100 file", List.of(cifar100), b -> read(CifarFormat.CIFAR100, b)),
        FuzzedReader.of("tar.gz", List.of(archive), this::readArchive),
        FuzzedReader.of("tar", List.of(unzipped(archive)), tar -> readArchive(zipped(tar))),
        manifest(),
        new ParquetFiles(root).reader(),
        checksum(),
        FuzzedReader.of("lease", List.of(StoredLeases.example()), StoredLeases::read),
        FuzzedReader.of(
            "cluster state",
            List.of(StoredClusters.example()),
            state -> StoredClusters.read(state, root.resolve("cluster"))));
  }

  private static void read(CifarFormat format, byte[] file) {
    format.read(new ByteArrayInputStream(file), "x.bin", 0);
  }

  private byte[] archive() throws IOException {
    Path folder = CifarFiles.write(root.resolve("cifar"), CifarFormat.CIFAR100, 2);
    Path archive = root.resolve("intact.tar.gz");
    CifarFiles.archive(archive, folder, "folder/", CifarFiles.names(CifarFormat.CIFAR100));
    return Files.readAllBytes(archive);
  }

  private void readArchive(byte[] bytes) throws IOException {
    Path archive = Files.write(root.resolve("damaged.tar.gz"), bytes);
    Places.cifar(CifarFormat.CIFAR100, archive.toString()).open(files).read(StoredSets::pour);
  }

  private static void pour(RawPart part) {
    try {
      part.content().pour((id, label, payload) -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FuzzedReader manifest() throws IOException {
    Path set = root.resolve("set");
    Preparation.prepare(files, Places.synthetic(10, 10), set.toString());
    Path manifest = set.resolve("manifest.json");
    return FuzzedReader.of(
        "manifest.json",
        List.of(Files.readAllBytes(manifest)),
        bytes -> {
          Files.write(manifest, bytes);
          PreparedDataset.open(files, set.toString());
        });
  }

  /** An intact file with a checksum that may not be. */
  private FuzzedReader checksum() throws IOException {
    Path folder = Files.createDirectory(root.resolve("checksummed"));
    try (Lease lease = Lease.acquire(files, folder.toString())) {
      ChecksummedFile.write(lease, folder + "/x", out -> out.write(1));
    }
    Path checksum = folder.resolve("x.sha256");
    FileEntry file = files.entry(folder + "/x");
    return FuzzedReader.checksummed(
        "checksum",
        List.of(Files.readAllBytes(checksum)),
        bytes -> {
          Files.write(checksum, bytes);
          files.read(
              file.path(), in -> ChecksummedFile.read(files, file, in, InputStream::readAllBytes));
        });
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
