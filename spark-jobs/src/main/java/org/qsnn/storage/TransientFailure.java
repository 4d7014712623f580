package org.qsnn.storage;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.ipc.RemoteException;

/** Failures of storage that pass, recognized by Hadoop's exceptions. */
final class TransientFailure {
  /** By name: servers send names, and not every client has all classes. */
  private static final Set<String> KINDS =
      Set.of(
          "SafeModeException",
          "RetriableException",
          "StandbyException",
          "RouterSafeModeException",
          "NoNamenodesAvailableException",
          "ObserverRetryOnActiveException",
          "BlockMissingException",
          "NotReplicatedYetException",
          "RecoveryInProgressException",
          "AWSServiceThrottledException",
          "AWSServiceIOException",
          "AWSStatus500Exception",
          "AWSNoResponseException");

  private static final List<String> WORDS =
      List.of(
          "are bad. Aborting",
          "Failed to replace a bad datanode",
          "Could not get block locations",
          "Could not obtain block",
          "Unable to close file because",
          "Unable to create new block",
          "Connection reset by peer",
          "Broken pipe",
          "Stale file handle");

  /** With room on every DataNode that the NameNode may choose, if there is any. */
  private static final Pattern NO_DATA_NODE =
      Pattern.compile(
          "could only be written to 0 of .*"
              + "(There are 0 datanode|[1-9][0-9]* node\\(s\\) are excluded)",
          Pattern.DOTALL);

  private TransientFailure() {}

  static boolean isBehind(IOException e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof SocketException
        || e instanceof SocketTimeoutException
        || (e instanceof EOFException && message.contains("destination host is"))
        || KINDS.contains(kind(e))
        || WORDS.stream().anyMatch(message::contains)
        || NO_DATA_NODE.matcher(message).find();
  }

  private static String kind(IOException e) {
    String name =
        e instanceof RemoteException remote ? remote.getClassName() : e.getClass().getName();
    return name == null ? "" : name.substring(name.lastIndexOf('.') + 1);
  }
}
