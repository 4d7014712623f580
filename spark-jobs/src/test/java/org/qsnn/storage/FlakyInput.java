package org.qsnn.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;

/** What is read of a file of a {@link FlakyFileSystem}. */
final class FlakyInput extends FSInputStream {
  private final FewOperations few = new FewOperations();
  private final Path path;
  private final FSDataInputStream file;

  FlakyInput(Path path, FSDataInputStream file) {
    this.path = path;
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    return few.counted("read", path, file::read);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return few.counted("read", path, () -> file.read(bytes, offset, length));
  }

  @Override
  public void seek(long position) throws IOException {
    file.seek(position);
  }

  @Override
  public long getPos() throws IOException {
    return file.getPos();
  }

  @Override
  public boolean seekToNewSource(long position) {
    return false;
  }

  @Override
  public int available() throws IOException {
    return file.available();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
