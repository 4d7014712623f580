package org.qsnn.job;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * HDFS, on which something happens when a certain file is written, before it or in its middle, or
 * opened.
 */
public final class WatchedDistributedFileSystem extends DistributedFileSystem {
  private static final String IMPLEMENTATION = "fs.hdfs.impl";
  private static final String NOT_CACHED = "fs.hdfs.impl.disable.cache";
  private static final String WATCH = "qsnn.test.watch";

  /** By a name in the configuration, which cannot hold objects. */
  private static final Map<String, Watch> WATCHES = new ConcurrentHashMap<>();

  /** When it happens. */
  enum Moment {
    BEFORE,
    IN_THE_MIDDLE,
    OPENED
  }

  interface Happening {
    void happen() throws IOException;
  }

  /**
   * What happens, once.
   *
   * @param where words in the path of the file
   */
  record Watch(String where, Moment moment, Happening happening) {}

  /** Takes a watch away again. */
  interface Watching extends AutoCloseable {
    /** Whether it has happened. */
    boolean isOver();

    @Override
    void close();
  }

  static Watching watch(Configuration configuration, Watch watch) {
    String name = watch.where();
    WATCHES.put(name, watch);
    configuration.setClass(
        IMPLEMENTATION, WatchedDistributedFileSystem.class, DistributedFileSystem.class);
    configuration.setBoolean(NOT_CACHED, true);
    configuration.set(WATCH, name);
    return new Watching() {
      @Override
      public boolean isOver() {
        return !WATCHES.containsKey(name);
      }

      @Override
      public void close() {
        configuration.unset(IMPLEMENTATION);
        configuration.unset(NOT_CACHED);
        WATCHES.remove(name);
      }
    };
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
    Watch watch = WATCHES.get(getConf().get(WATCH));
    boolean isWatched = watch != null && path.toString().contains(watch.where());
    if (isWatched && watch.moment() == Moment.BEFORE) {
      happen(watch);
    }
    FSDataOutputStream file =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    return isWatched && watch.moment() == Moment.IN_THE_MIDDLE
        ? new FSDataOutputStream(new Interrupted(file, watch), null)
        : file;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    Watch watch = WATCHES.get(getConf().get(WATCH));
    if (watch != null
        && watch.moment() == Moment.OPENED
        && path.toString().contains(watch.where())) {
      happen(watch);
    }
    return super.open(path, bufferSize);
  }

  private static void happen(Watch watch) throws IOException {
    if (WATCHES.remove(watch.where(), watch)) {
      watch.happening().happen();
    }
  }

  /** Sends half of its first bytes to the DataNodes, then lets it happen, then goes on. */
  private static final class Interrupted extends FilterOutputStream {
    private final FSDataOutputStream file;
    private final Watch watch;

    Interrupted(FSDataOutputStream file, Watch watch) {
      super(file);
      this.file = file;
      this.watch = watch;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int half = length / 2;
      file.write(bytes, offset, half);
      if (half > 0 && WATCHES.containsValue(watch)) {
        file.hflush();
        happen(watch);
      }
      file.write(bytes, offset + half, length - half);
    }

    @Override
    public void flush() throws IOException {
      file.flush();
    }

    @Override
    public void close() throws IOException {
      try (OutputStream closed = file) {
        closed.flush();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }
}
