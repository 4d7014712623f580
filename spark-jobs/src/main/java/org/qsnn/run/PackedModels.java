package org.qsnn.run;

import java.io.InputStream;
import java.util.List;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.model.PackedModel;
import org.qsnn.storage.FileEntry;
import org.qsnn.storage.FileStore;

/** Packed models as files. */
public final class PackedModels {
  private PackedModels() {}

  /**
   * @param path a model file, or a run's folder, which holds its best model
   * @throws DataException if it is missing or damaged
   */
  public static PackedModel read(FileStore files, String path) {
    FileEntry entry = entry(files, path);
    long bytes = entry.bytes();
    String name = entry.path();
    return files.read(name, in -> PackedModel.read(in, bytes, name));
  }

  /** SHA-256 of the file that {@link #read} reads. */
  public static String sha256(FileStore files, String path) {
    return files.read(entry(files, path).path(), in -> Hashes.of(Hashes.sha256(), in));
  }

  /** The file that {@link #read} reads. */
  public static byte[] bytes(FileStore files, String path) {
    return files.read(entry(files, path).path(), InputStream::readAllBytes);
  }

  private static FileEntry entry(FileStore files, String path) {
    FileEntry entry = files.entry(path);
    return entry.isFolder() ? best(files, path) : entry;
  }

  private static FileEntry best(FileStore files, String run) {
    String folder = run + "/" + RunDirectory.MODEL;
    if (!files.exists(folder)) {
      throw new DataException(run + ": expected a packed model or a run's folder, found neither");
    }
    List<FileEntry> models =
        files.list(folder).stream()
            .filter(entry -> entry.name().endsWith(RunDirectory.TENSORS))
            .toList();
    if (models.isEmpty()) {
      throw new DataException(folder + ": expected a packed model, found none");
    }
    return models.get(models.size() - 1);
  }
}
