package org.qsnn.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;

/** What is written to a file of a {@link FlakyFileSystem}. */
final class FlakyOutput extends OutputStream implements Syncable, StreamCapabilities {
  private final FewOperations few = new FewOperations();
  private final Path path;
  private final FSDataOutputStream file;

  FlakyOutput(Path path, FSDataOutputStream file) {
    this.path = path;
    this.file = file;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    few.counted(
        "write",
        path,
        () -> {
          file.write(bytes, offset, length);
          return length;
        });
  }

  @Override
  public void flush() throws IOException {
    file.flush();
  }

  @Override
  public void hflush() throws IOException {
    file.flush();
  }

  @Override
  public void hsync() throws IOException {
    FlakyFileSystem.counted(
        "sync",
        path,
        () -> {
          file.flush();
          return FlakyFileSystem.synced(path, file.getPos());
        });
  }

  @Override
  public boolean hasCapability(String capability) {
    return capability.equals(StreamCapabilities.HSYNC);
  }

  @Override
  public void close() throws IOException {
    try {
      FlakyFileSystem.counted("close", path, () -> true);
    } finally {
      file.close();
    }
  }
}
