package org.qsnn.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system with weather: {@code flaky:/tmp/x} is the file {@code /tmp/x}, reached by counted
 * operations, each of which may be made to fail, before it is done or when its answer is on its
 * way. It also knows what would be left if the machine lost power: of a file, what was synced.
 */
public final class FlakyFileSystem extends FileSystem {
  static final URI ROOT = URI.create("flaky:///");

  /** What happens to operations. */
  public interface Happening {
    /**
     * @param number of the operation, from 1
     */
    void before(int number, String operation, Path path) throws IOException;

    /** When it is done, and its caller has not heard of it. */
    default void after(int number, String operation, Path path) throws IOException {}
  }

  private static final Happening NOTHING = (number, operation, path) -> {};
  private static final AtomicInteger OPERATIONS = new AtomicInteger();
  private static final Map<String, Long> SYNCED = new ConcurrentHashMap<>();
  private static volatile Happening happening = NOTHING;

  private final RawLocalFileSystem local = new RawLocalFileSystem();

  /** Lets paths with the scheme {@code flaky} be found. */
  public static Configuration in(Configuration configuration) {
    configuration.setClass("fs.flaky.impl", FlakyFileSystem.class, FileSystem.class);
    configuration.set("fs.AbstractFileSystem.flaky.impl", Context.class.getName());
    return configuration;
  }

  /** From now on operations are counted from 1, and this happens to them. */
  public static void let(Happening what) {
    OPERATIONS.set(0);
    happening = what;
  }

  /** Nothing happens any more. Returns how many operations there were. */
  public static int calm() {
    happening = NOTHING;
    return OPERATIONS.get();
  }

  /** The machine loses power: what was not synced is gone. */
  public static void losePower() throws IOException {
    for (Map.Entry<String, Long> file : SYNCED.entrySet()) {
      if (Files.exists(java.nio.file.Path.of(file.getKey()))) {
        try (RandomAccessFile written = new RandomAccessFile(file.getKey(), "rw")) {
          written.setLength(file.getValue());
        }
      }
    }
    SYNCED.clear();
  }

  interface Operation<T> {
    T run() throws IOException;
  }

  /** What is synced of a file survives the loss of power. */
  static Long synced(Path path, long bytes) {
    return SYNCED.put(path.toUri().getPath(), bytes);
  }

  static <T> T counted(String name, Path path, Operation<T> operation) throws IOException {
    int number = OPERATIONS.incrementAndGet();
    happening.before(number, name, path);
    T result = operation.run();
    happening.after(number, name, path);
    return result;
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    setConf(configuration);
    local.initialize(URI.create("file:///"), configuration);
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }

  private Path there(Path path) {
    return new Path(makeQualified(path).toUri().getPath());
  }

  private FileStatus here(FileStatus status) {
    status.setPath(new Path(ROOT + status.getPath().toUri().getPath().substring(1)));
    return status;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return new FSDataInputStream(
        new FlakyInput(path, counted("open", path, () -> local.open(there(path), bufferSize))));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream file =
        counted(
            "create",
            path,
            () -> local.create(there(path), overwrite, bufferSize, replication, blockSize));
    SYNCED.put(there(path).toString(), 0L);
    return new FSDataOutputStream(new FlakyOutput(path, file), null);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    rename(from, to, new Options.Rename[0]);
    return true;
  }

  /** In one step, and known to the journal: it survives the loss of power. */
  @Override
  protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
    boolean isOverwriting = options.length > 0 && options[0] == Options.Rename.OVERWRITE;
    counted(
        "rename",
        to,
        () -> {
          java.nio.file.Path source = java.nio.file.Path.of(there(from).toString());
          java.nio.file.Path target = java.nio.file.Path.of(there(to).toString());
          if (isOverwriting) {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
          } else {
            Files.move(source, target);
          }
          return moveSynced(source.toString(), target.toString());
        });
  }

  private static boolean moveSynced(String from, String to) {
    for (String file : SYNCED.keySet()) {
      if (file.equals(from) || file.startsWith(from + "/")) {
        SYNCED.put(to + file.substring(from.length()), SYNCED.remove(file));
      }
    }
    return true;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return counted("delete", path, () -> local.delete(there(path), recursive));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] entries = counted("list", path, () -> local.listStatus(there(path)));
    for (FileStatus entry : entries) {
      here(entry);
    }
    return entries;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return here(counted("status", path, () -> local.getFileStatus(there(path))));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return counted("mkdirs", path, () -> local.mkdirs(there(path)));
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(ROOT);
  }

  /** The same for those who ask for an atomic rename. */
  public static final class Context extends DelegateToFileSystem {
    public Context(URI name, Configuration configuration) throws IOException, URISyntaxException {
      super(name, initialized(configuration), configuration, "flaky", false);
    }

    private static FlakyFileSystem initialized(Configuration configuration) throws IOException {
      FlakyFileSystem system = new FlakyFileSystem();
      system.initialize(ROOT, configuration);
      return system;
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      FlakyFileSystem system = (FlakyFileSystem) fsImpl;
      if (overwrite) {
        system.rename(from, to, Options.Rename.OVERWRITE);
      } else {
        system.rename(from, to, new Options.Rename[0]);
      }
    }
  }
}
