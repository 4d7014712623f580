package org.qsnn.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * Hashes what passes. Every failure is a new exception: HDFS throws one and the same at each call
 * after it failed, and try-with-resources in the writer of a content would trip over that.
 */
final class HashedStream extends OutputStream {
  private final OutputStream out;
  private final MessageDigest digest;

  HashedStream(OutputStream out, MessageDigest digest) {
    this.out = out;
    this.digest = digest;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new IOException(e.getMessage(), e);
    }
    digest.update(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
