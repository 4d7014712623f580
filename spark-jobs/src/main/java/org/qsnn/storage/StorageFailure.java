package org.qsnn.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ClusterStorageCapacityExceededException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

/** Says in one sentence what a file system's exception means to the user. */
final class StorageFailure {
  private static final Pattern UNANSWERED =
      Pattern.compile("Call From \\S+ to (\\S+) failed on .*exception: [\\w.]+: (.*)");

  /** The local file system's words for a parent that is a file, where it makes folders. */
  private static final Pattern NOT_A_FOLDER = Pattern.compile("not a directory: (.+)");

  /** What the system says of a name that it does not open, other than that nothing is there. */
  private static final Pattern REFUSED = Pattern.compile("\\((?!No such file)([^()]+)\\)$");

  private StorageFailure() {}

  /**
   * {@code verb} is what was tried: "read", "write", "list" … A {@link StorageException} unless it
   * is certain that nothing is there, or a folder where a file is expected.
   */
  static DataException of(String verb, String path, IOException e) {
    String message = shown(verb, path) + ": " + reason(verb, innermost(e));
    return isCertain(innermost(e))
        ? new DataException(message, e)
        : new StorageException(message, e, isAway(e));
  }

  /**
   * After it was tried again and again.
   *
   * @param howLong such as "for 10 min"
   */
  static DataException givenUp(String verb, String path, IOException e, String howLong) {
    return new StorageException(
        shown(verb, path) + ": " + reason(verb, innermost(e)) + "; tried " + howLong,
        new GivenUp(e),
        true);
  }

  /** What is written has a hidden name until it is whole; nobody has asked for that. */
  private static String shown(String verb, String path) {
    return verb.equals("delete") ? path : Temporaries.finalPath(path);
  }

  /** Marks what has been waited for: nobody waits for it again. */
  private static final class GivenUp extends IOException {
    private static final long serialVersionUID = 1L;

    GivenUp(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Whether the storage cannot be reached, or does not serve yet: a NameNode that is down, starts
   * or is in safe mode, DataNodes that have died, a torn connection. It recovers on its own.
   */
  static boolean isAway(IOException e) {
    return away(e).isPresent();
  }

  /** The failure of that kind among the causes of another one. */
  static Optional<IOException> away(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof GivenUp) {
        return Optional.empty();
      }
      if (e instanceof IOException io && TransientFailure.isBehind(io)) {
        return Optional.of(io);
      }
    }
    return Optional.empty();
  }

  /** The refusal for want of permission among the causes of a failure. */
  static Optional<IOException> permission(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof IOException io && isPermission(io, String.valueOf(io.getMessage()))) {
        return Optional.of(io);
      }
    }
    return Optional.empty();
  }

  /** Nothing, or something else, is there. */
  private static boolean isCertain(IOException e) {
    String message = String.valueOf(e.getMessage());
    return !isPermission(e, message)
        && !isFull(e, message)
        && (isFolder(e, message) || isMissing(e));
  }

  private static boolean isMissing(IOException e) {
    return e instanceof FileNotFoundException || e instanceof NoSuchFileException;
  }

  /** Plain wrappers say less than what they wrap, and Parquet wraps more than once. */
  private static IOException innermost(IOException e) {
    if (e.getClass() == IOException.class) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException io) {
          return innermost(io);
        }
      }
    }
    return e;
  }

  /** Hadoop's local file system reports a failing disk, a full one too, as an {@link Error}. */
  static DataException of(String verb, String path, FSError e) {
    IOException cause = e.getCause() instanceof IOException io ? io : new IOException(e);
    return of(verb, path, cause);
  }

  /** What Hadoop says so; anything else is no failure of a file system, and returned as it is. */
  static RuntimeException of(String verb, String path, IllegalArgumentException e) {
    if (e.getCause() instanceof UnknownHostException unknown) {
      return of(verb, path, unknown);
    }
    String message = String.valueOf(e.getMessage());
    return message.contains("not a valid DFS filename")
        ? new ConfigurationException(
            path + ": HDFS allows no such name; it has no colon, and no part that is empty or ..",
            e)
        : e;
  }

  /**
   * Whether the same may succeed if it is tried again: nothing is known that a person would have to
   * change first. So fails a file of HDFS whose DataNodes have died, and others take the next.
   */
  static boolean mayPass(IOException e) {
    return known("write", innermost(e)).isEmpty();
  }

  private static String reason(String verb, IOException e) {
    return known(verb, e).orElseGet(() -> "cannot " + verb + " it" + words(e));
  }

  /** What the file system itself says. */
  private static String words(IOException e) {
    Matcher unanswered = UNANSWERED.matcher(firstLine(e));
    if (unanswered.matches()) {
      return ": " + unanswered.group(1) + " does not answer: " + unanswered.group(2);
    }
    return ": " + (isSelfExplaining(e) ? "" : e.getClass().getSimpleName() + ": ") + firstLine(e);
  }

  /** The class's name tells nothing that the message does not. */
  private static boolean isSelfExplaining(IOException e) {
    boolean isPlain = e.getClass() == IOException.class && e.getMessage() != null;
    return isPlain || e instanceof ParentNotDirectoryException;
  }

  private static Optional<String> known(String verb, IOException e) {
    String message = String.valueOf(e.getMessage());
    if (isPermission(e, message)) {
      return Optional.of("no permission to " + verb + " it (as user " + user() + ")");
    }
    return cause(verb, e, message).map(cause -> "cannot " + verb + " it" + cause);
  }

  private static Optional<String> cause(String verb, IOException e, String message) {
    if (isFull(e, message)) {
      return Optional.of(": the disk or quota is full: " + firstLine(e));
    }
    if (isFolder(e, message)) {
      return Optional.of(": it is a folder");
    }
    if (e instanceof SafeModeException) {
      return Optional.of(
          ": HDFS is in safe mode; nothing can be written until it has heard from enough DataNodes,"
              + " or is told to leave it (hdfs dfsadmin -safemode)");
    }
    Matcher parent = NOT_A_FOLDER.matcher(firstLine(e));
    if (parent.find()) {
      return Optional.of(": " + parent.group(1) + " is not a folder");
    }
    Matcher refused = REFUSED.matcher(firstLine(e));
    if (e instanceof FileNotFoundException && refused.find()) {
      return Optional.of(": " + refused.group(1));
    }
    if (isMissing(e)) {
      return Optional.of(
          verb.equals("write") || verb.equals("create")
              ? ": its folder does not exist, or takes no new files"
              : ": it does not exist");
    }
    if (e instanceof UnknownHostException) {
      return Optional.of(": unknown host " + firstLine(e));
    }
    return e instanceof UnsupportedFileSystemException
        ? Optional.of(
            ": "
                + firstLine(e)
                + "; expected file:, hdfs: or another scheme that this Hadoop knows")
        : Optional.empty();
  }

  private static String firstLine(IOException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return line.replaceFirst("; For more details see: .*", "");
  }

  private static String user() {
    try {
      return UserGroupInformation.getCurrentUser().getShortUserName();
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }

  private static boolean isPermission(IOException e, String message) {
    return e instanceof AccessControlException
        || e instanceof AccessDeniedException
        || message.contains("Permission denied")
        || message.contains("Operation not permitted")
        || message.contains("Read-only file system");
  }

  /** The local file system's words, and those of HDFS. */
  private static boolean isFolder(IOException e, String message) {
    return e instanceof FileNotFoundException
        && (message.contains("s a directory") || message.contains("Path is not a file"));
  }

  private static boolean isFull(IOException e, String message) {
    return e instanceof ClusterStorageCapacityExceededException
        || message.contains("No space left")
        || message.contains("Disk quota exceeded")
        // HDFS, when no DataNode has room for one more block
        || (message.contains("could only be written to 0 of") && !TransientFailure.isBehind(e));
  }
}
