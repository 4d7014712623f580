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

  enum Fault {
    DISK_FULL_ERROR,
    DISK_FULL_EXCEPTION,
    LOSES_BYTES,
    NO_PERMISSION_TO_CREATE,
    NO_PERMISSION_TO_OPEN,
    NO_PERMISSION_BY_MESSAGE
  }

  static FileStore store(Fault fault) {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", FaultyFileSystem.class, RawLocalFileSystem.class);
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    configuration.setEnum(FAULT, fault);
    return FileStore.of(configuration);
  }

  private Fault fault() {
    return getConf().getEnum(FAULT, Fault.DISK_FULL_ERROR);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
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
    if (fault() == Fault.NO_PERMISSION_TO_CREATE) {
      throw new AccessControlException("user=x, access=WRITE");
    }
    return faulty(
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
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
    if (fault() == Fault.NO_PERMISSION_TO_CREATE) {
      throw new AccessControlException("user=x, access=WRITE");
    }
    return faulty(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  private FSDataOutputStream faulty(FSDataOutputStream file) throws IOException {
    return switch (fault()) {
      case DISK_FULL_ERROR -> {
        file.close();
        yield super.create(new Path("/dev/full"), true, 1, (short) 1, 1, null);
      }
      case DISK_FULL_EXCEPTION -> new FSDataOutputStream(new FaultyStream(file, true), null);
      case LOSES_BYTES -> new FSDataOutputStream(new FaultyStream(file, false), null);
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
