package org.qsnn.storage;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk as Hadoop sees it, but with the JVM's own means where Hadoop takes others: without
 * its native library it starts a process ({@code chmod}) for every file and folder that it creates,
 * and of what the system refuses it knows only that it failed, or that nothing is there.
 */
final class LocalFiles extends RawLocalFileSystem {
  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
    if (view == null || permission.getStickyBit()) {
      super.setPermission(path, permission);
    } else {
      view.setPermissions(PosixFilePermissions.fromString(permission.toString()));
    }
  }

  @Override
  public boolean exists(Path path) throws IOException {
    if (super.exists(path)) {
      return true;
    }
    requireVisible(path);
    return false;
  }

  /** A file that may not be looked at is not one that is missing. */
  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    try {
      return super.getFileStatus(path);
    } catch (FileNotFoundException e) {
      requireVisible(path);
      throw e;
    }
  }

  private void requireVisible(Path path) throws AccessDeniedException {
    try {
      Files.readAttributes(pathToFile(path).toPath(), BasicFileAttributes.class);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      // Hadoop says the same.
    }
  }

  @Override
  protected boolean mkOneDirWithMode(Path path, File folder, FsPermission permission)
      throws IOException {
    boolean isMade = super.mkOneDirWithMode(path, folder, permission);
    if (!isMade && !folder.isDirectory()) {
      // Tells why; and if it succeeds now, so much the better.
      Files.createDirectory(folder.toPath());
      return true;
    }
    return isMade;
  }
}
