package org.qsnn.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.qsnn.DataException;
import org.qsnn.Hashes;

/** Writes one file under a temporary name and renames it: it is there as a whole or not at all. */
final class AtomicWrite {
  private final FileSystems systems;
  private final FileSystem system;
  private final Path target;
  private final Path temporary;
  private final Patience patience;

  AtomicWrite(FileSystems systems, Path target, Patience patience) throws IOException {
    this.systems = systems;
    this.system = systems.of(target);
    this.target = system.makeQualified(target);
    this.temporary = systems.temporaries().beside(this.target);
    this.patience = patience;
  }

  /** Refuses if something has the name already. The content is written once. */
  WrittenFile write(FileStore.Content content) throws IOException {
    return orNothing(
        () -> {
          refuseIfTaken(persist(() -> system.exists(target)));
          Written written = fill(persist(() -> system.create(temporary, true)), content);
          refuseIfTaken(!persist(new Renaming(systems, temporary, target, systems::rename)));
          return written;
        });
  }

  /**
   * What has the name stays until the new file takes its place, if that is permitted then. After a
   * failure that may pass the content is written again.
   */
  WrittenFile replace(FileStore.Content content, Runnable permission) throws IOException {
    return orNothing(
        () ->
            persist(
                () -> {
                  Written written = fill(system.create(temporary, true), content);
                  permission.run();
                  systems.replace(temporary, target);
                  return written;
                }));
  }

  private <T> T persist(Patience.Attempt<T> attempt) throws IOException {
    return patience.persist("write", target.toString(), attempt);
  }

  private record Written(long bytes, String sha256) {}

  private WrittenFile orNothing(Patience.Attempt<Written> writing) throws IOException {
    try {
      Written written = writing.make();
      systems.temporaries().forget(temporary);
      return new WrittenFile(target.toString(), written.bytes(), written.sha256());
    } catch (IOException | RuntimeException | FSError e) {
      discardTemporary(e);
      throw e;
    }
  }

  private Written fill(FSDataOutputStream file, FileStore.Content content) throws IOException {
    MessageDigest digest = Hashes.sha256();
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
    return new Written(written, Hashes.hex(digest));
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
      throw new DataException(target + ": already exists; names are never reused");
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
