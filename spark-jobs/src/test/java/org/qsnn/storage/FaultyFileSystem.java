package org.qsnn.storage;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/** The local file system with one fault, in place of {@code file:}. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private static final String FAULT = "qsnn.test.fault";
  private static final String WHERE = "qsnn.test.fault.where";
  private static final String OVER = "qsnn.test.fault.over";
  private static final String IMPLEMENTATION = "fs.file.impl";
  private static final String NOT_CACHED = "fs.file.impl.disable.cache";

  public enum Fault {
    DISK_FULL_ERROR,
    DISK_FULL_EXCEPTION,
    LOSES_BYTES,
    LOSES_BYTES_ONCE,
    NO_PERMISSION_TO_CREATE,
    NO_PERMISSION_TO_OPEN,
    NO_PERMISSION_BY_MESSAGE
  }

  static FileStore store(Fault fault) {
    Configuration configuration = new Configuration();
    inject(configuration, fault, "");
    return FileStore.of(configuration);
  }

  /** Takes a fault away again. */
  public interface Injected extends AutoCloseable {
    @Override
    void close();
  }

  /** Lets the fault strike where a path contains these words. */
  public static Injected inject(Configuration configuration, Fault fault, String where) {
    configuration.setClass(IMPLEMENTATION, FaultyFileSystem.class, RawLocalFileSystem.class);
    configuration.setBoolean(NOT_CACHED, true);
    configuration.setEnum(FAULT, fault);
    configuration.set(WHERE, where);
    configuration.unset(OVER);
    return () -> {
      configuration.unset(IMPLEMENTATION);
      configuration.unset(NOT_CACHED);
    };
  }

  private Fault fault() {
    return getConf().getEnum(FAULT, Fault.DISK_FULL_ERROR);
  }

  private boolean strikes(Path path) {
    return path.toString().contains(getConf().get(WHERE));
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (!strikes(path)) {
      return super.open(path, bufferSize);
    }
    switch (fault()) {
      case NO_PERMISSION_TO_OPEN -> throw new AccessControlException("user=x, access=READ");
      case NO_PERMISSION_BY_MESSAGE ->
          throw new FileNotFoundException(path + " (Permission denied)");
      default -> {
        return super.open(path, bufferSize);
      }
    }
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
    requirePermission(path);
    FSDataOutputStream file =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    return strikes(path) ? faulty(file) : file;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    requirePermission(path);
    FSDataOutputStream file =
        super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    return strikes(path) ? faulty(file) : file;
  }

  private void requirePermission(Path path) throws IOException {
    if (strikes(path) && fault() == Fault.NO_PERMISSION_TO_CREATE) {
      throw new AccessControlException("user=x, access=WRITE");
    }
  }

  private FSDataOutputStream faulty(FSDataOutputStream file) throws IOException {
    return switch (fault()) {
      case DISK_FULL_ERROR -> {
        file.close();
        yield super.create(new Path("/dev/full"), true, 1, (short) 1, 1, null);
      }
      case DISK_FULL_EXCEPTION -> new FSDataOutputStream(new FaultyStream(file, true), null);
      case LOSES_BYTES -> new FSDataOutputStream(new FaultyStream(file, false), null);
      case LOSES_BYTES_ONCE -> {
        boolean isOver = getConf().getBoolean(OVER, false);
        getConf().setBoolean(OVER, true);
        yield isOver ? file : new FSDataOutputStream(new FaultyStream(file, false), null);
      }
      default -> file;
    };
  }

  private static final class FaultyStream extends FilterOutputStream {
    private final IOException full = new IOException("No space left on device");
    private final boolean isFull;

    FaultyStream(OutputStream file, boolean isFull) {
      super(file);
      this.isFull = isFull;
    }

    @Override
    public void write(int value) throws IOException {
      if (isFull) {
        throw full;
      }
    }

    /** Throws the exception of the write again, as HDFS does. */
    @Override
    public void close() throws IOException {
      out.close();
      if (isFull) {
        throw full;
      }
    }
  }
}
