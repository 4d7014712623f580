package org.qsnn.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.qsnn.DataException;

/** One file's way from nothing to its name. */
final class Commit {
  private static final Logger LOG = LogManager.getLogger();

  private final FileSystems systems;
  private final FileSystem system;
  private final Path target;
  private final Path temporary;

  Commit(FileSystems systems, Path target) throws IOException {
    this.systems = systems;
    this.system = systems.of(target);
    this.target = system.makeQualified(target);
    this.temporary = systems.temporaries().beside(this.target);
  }

  /** Refuses if something has the name already. */
  CommittedFile write(FileStore.Content content) throws IOException {
    refuseIfTaken(system.exists(target));
    return write(content, () -> refuseIfTaken(!systems.rename(temporary, target)));
  }

  /**
   * What has the name stays until the new file takes its place, if that is permitted then. After a
   * failure that may pass the content is written once more, to a new temporary.
   */
  CommittedFile replace(FileStore.Content content, Runnable permission) throws IOException {
    try {
      return replaceOnce(content, permission);
    } catch (IOException e) {
      if (!StorageFailure.mayPass(e)) {
        throw e;
      }
      LOG.warn("{}; writing it once more", StorageFailure.of("write", target + "", e).getMessage());
      return new Commit(systems, target).replaceOnce(content, permission);
    }
  }

  private CommittedFile replaceOnce(FileStore.Content content, Runnable permission)
      throws IOException {
    return write(
        content,
        () -> {
          permission.run();
          systems.replace(temporary, target);
        });
  }

  private interface Rename {
    void run() throws IOException;
  }

  private CommittedFile write(FileStore.Content content, Rename rename) throws IOException {
    try {
      MessageDigest digest = Hashes.sha256();
      long bytes = writeTemporary(content, digest);
      rename.run();
      systems.temporaries().forget(temporary);
      return new CommittedFile(target.toString(), bytes, Hashes.hex(digest));
    } catch (IOException | RuntimeException | FSError e) {
      discardTemporary(e);
      throw e;
    }
  }

  private long writeTemporary(FileStore.Content content, MessageDigest digest) throws IOException {
    FSDataOutputStream file = system.create(temporary, false);
    try {
      OutputStream out = new HashedStream(file, digest);
      content.writeTo(out);
      out.flush();
      if (file.hasCapability(StreamCapabilities.HSYNC)) {
        file.hsync();
      }
    } catch (IOException | RuntimeException | FSError e) {
      closeAfter(e, file);
      throw e;
    }
    long written = file.getPos();
    file.close();
    long found = system.getFileStatus(temporary).getLen();
    if (found != written) {
      throw new IOException("wrote " + written + " bytes, but the file has " + found);
    }
    return written;
  }

  /** HDFS may throw the very same exception again, which try-with-resources does not bear. */
  private static void closeAfter(Throwable reason, FSDataOutputStream file) {
    try {
      file.close();
    } catch (IOException | FSError e) {
      if (e != reason) {
        reason.addSuppressed(e);
      }
    }
  }

  private void refuseIfTaken(boolean taken) {
    if (taken) {
      throw new DataException(target + ": exists already; names are never reused");
    }
  }

  private void discardTemporary(Throwable reason) {
    try {
      systems.temporaries().discard(system, temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
