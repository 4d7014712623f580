package org.qsnn.distributed;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.bytedeco.javacpp.Loader;

/** The folders in which one executor keeps what is temporary, with the least room of them. */
public final class ExecutorScratch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String folders;
  private final long freeBytes;
  private final String problem;

  private ExecutorScratch(String folders, long freeBytes, String problem) {
    this.folders = folders;
    this.freeBytes = freeBytes;
    this.problem = problem;
  }

  /** Writes a file in each folder. */
  static ExecutorScratch here() {
    List<Path> folders = Stream.concat(Stream.of(temporary()), localFolders()).distinct().toList();
    long free = Long.MAX_VALUE;
    String problem = "";
    for (Path folder : folders) {
      try {
        write(folder);
        free = Math.min(free, Files.getFileStore(folder).getUsableSpace());
      } catch (IOException e) {
        problem = folder + " cannot be written: " + e.getMessage();
      }
    }
    return new ExecutorScratch(
        folders.stream().map(Path::toString).collect(Collectors.joining(", ")), free, problem);
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static Stream<Path> localFolders() {
    return Stream.of(SparkEnv.get().blockManager().diskBlockManager().localDirs())
        .map(File::toPath);
  }

  private static void write(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, "qsnn-doctor-", ".tmp");
    try {
      Files.write(probe, new byte[1]);
    } finally {
      Files.delete(probe);
    }
  }

  /** Where the native libraries are unpacked, for messages. */
  static String nativeFolder() {
    try {
      return Loader.getCacheDir().toString();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  public String folders() {
    return folders;
  }

  /** In the folder that has least. */
  public long freeBytes() {
    return freeBytes;
  }

  /** What is wrong with them; empty if nothing is. */
  public String problem() {
    return problem;
  }
}
