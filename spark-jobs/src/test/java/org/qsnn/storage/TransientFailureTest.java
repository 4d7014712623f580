package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.DataException;

/** What is waited for, and what is not. */
class TransientFailureTest extends FlakyStore {
  static Stream<IOException> weather() {
    return Stream.of(
        AWAY,
        new SocketTimeoutException("60000 millis timeout"),
        new IOException("Failed on local exception", new IOException("Broken pipe")),
        new EOFException(
            "End of File Exception between local host is: \"a\"; destination host is: \"b\":8020"),
        new SafeModeException("Name node is in safe mode"),
        new RetriableException("not yet"),
        new RemoteException("org.apache.hadoop.ipc.StandbyException", "READ is not supported"),
        new BlockMissingException("/x", "Could not obtain block", 0),
        new IOException(
            "All datanodes [DatanodeInfoWithStorage[127.0.0.1:1]] are bad. Aborting..."),
        new IOException(
            "File /x could only be written to 0 of the 1 minReplication nodes. There are 0"
                + " datanode(s) running and 0 node(s) are excluded in this operation."),
        new IOException(
            "File /x could only be written to 0 of the 1 minReplication nodes. There are 1"
                + " datanode(s) running and 1 node(s) are excluded in this operation."));
  }

  @ParameterizedTest
  @MethodSource("weather")
  void weatherIsWaitedFor(IOException failure) {
    failFor(failure, Duration.ofSeconds(20), "create");

    write("x", "content");

    assertThat(read("x")).isEqualTo("content");
  }

  static Stream<IOException> climate() {
    return Stream.of(
        new AccessControlException("user=x, access=WRITE"),
        new IOException("No space left on device"),
        new IOException(
            "File /x could only be written to 0 of the 1 minReplication nodes. There are 2"
                + " datanode(s) running and no node(s) are excluded in this operation."),
        new ChecksumException("/x at 512", 512),
        new EOFException("the file is shorter than it says"),
        new IOException("File name too long"),
        new IOException("Input/output error"));
  }

  @ParameterizedTest
  @MethodSource("climate")
  void whatSomebodyHasToChangeFirstIsNotWaitedFor(IOException failure) {
    failFor(failure, Duration.ofDays(1), "create");

    assertThatThrownBy(() -> write("x", "content")).isInstanceOf(DataException.class);
    assertThat(waited).isZero();
    assertThat(names()).isEmpty();
  }

  @Test
  void missingFileIsNotWaitedFor() {
    assertThatThrownBy(() -> read("missing")).hasMessageContaining("does not exist");
    assertThat(waited).isZero();
  }

  @Test
  void damagedFileIsNotWaitedFor() {
    write("x", "1");

    assertThatThrownBy(
            () ->
                files.read(
                    path("x"),
                    in -> {
                      throw new EOFException("truncated; destination host is");
                    }))
        .isInstanceOf(DataException.class);
    assertThat(waited).isZero();
  }
}
