package org.qsnn.storage;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The bytes of one file, whatever happens to the connection: after a transient failure the file is
 * opened again and read on from the same position.
 */
final class RetryingInputStream extends InputStream {
  private final FileSystem system;
  private final Path path;
  private final Patience patience;
  private final FileStatus status;
  private FSDataInputStream in;
  private long position;

  /** Opens it. */
  RetryingInputStream(FileSystem system, Path path, Patience patience) throws IOException {
    this.system = system;
    this.path = path;
    this.patience = patience;
    this.status = persist(() -> system.getFileStatus(path));
    this.in = persist(() -> system.open(path));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = persist(() -> readOnce(bytes, offset, length));
    position += Math.max(0, count);
    return count;
  }

  /** Goes to a later place of the file, which is opened there after a failure. */
  @Override
  public long skip(long length) throws IOException {
    long skipped = Math.max(0, Math.min(length, status.getLen() - position));
    position += skipped;
    return persist(() -> seekOnce(skipped));
  }

  private long seekOnce(long skipped) throws IOException {
    try {
      if (in == null) {
        reopen();
      } else {
        in.seek(position);
      }
      return skipped;
    } catch (IOException e) {
      closeAfter(e);
      throw e;
    }
  }

  private int readOnce(byte[] bytes, int offset, int length) throws IOException {
    try {
      if (in == null) {
        reopen();
      }
      return in.read(bytes, offset, length);
    } catch (IOException e) {
      closeAfter(e);
      throw e;
    }
  }

  private void reopen() throws IOException {
    FileStatus now = system.getFileStatus(path);
    if (now.getLen() != status.getLen()
        || now.getModificationTime() != status.getModificationTime()) {
      throw new IOException("it changed while it was being read");
    }
    in = system.open(path);
    in.seek(position);
  }

  private void closeAfter(IOException reason) {
    try {
      close();
    } catch (IOException e) {
      if (e != reason) {
        reason.addSuppressed(e);
      }
    }
    in = null;
  }

  /** Decompressors ask, and take 0 for the end. */
  @Override
  public int available() throws IOException {
    return in == null ? 0 : in.available();
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
  }

  private <T> T persist(Patience.Attempt<T> attempt) throws IOException {
    return patience.persist("read", path.toString(), attempt);
  }
}
