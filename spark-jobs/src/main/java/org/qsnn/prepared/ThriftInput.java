package org.qsnn.prepared;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TMap;
import shaded.parquet.org.apache.thrift.protocol.TProtocol;
import shaded.parquet.org.apache.thrift.protocol.TProtocolException;
import shaded.parquet.org.apache.thrift.protocol.TSet;
import shaded.parquet.org.apache.thrift.protocol.TStruct;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * The structures of Parquet as they lie in a file. No text or list is longer than the bytes that it
 * is read from, whatever it claims, and nothing is nested deeper than Parquet nests.
 */
final class ThriftInput extends TCompactProtocol {
  private static final int DEEPEST = 16;

  private int depth;

  private ThriftInput(ByteArrayInputStream in, int length) throws TTransportException {
    super(new TIOStreamTransport(in), length, length);
  }

  /** A structure of Parquet's, empty until it is read. */
  interface Structure {
    void read(TProtocol in) throws TException;
  }

  /**
   * Fills a structure that begins where the bytes do.
   *
   * @return how many bytes it takes
   * @throws IOException if it is none
   */
  static int read(byte[] bytes, Structure structure) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    try {
      structure.read(new ThriftInput(in, bytes.length));
    } catch (TException | RuntimeException e) { // some damage is only met by Java itself
      throw new IOException(e.getMessage(), e);
    }
    return bytes.length - in.available();
  }

  private <T> T entered(T begun) throws TProtocolException {
    if (++depth > DEEPEST) {
      throw new TProtocolException(
          TProtocolException.DEPTH_LIMIT, "nested deeper than " + DEEPEST + " levels");
    }
    return begun;
  }

  @Override
  public TStruct readStructBegin() throws TException {
    return entered(super.readStructBegin());
  }

  @Override
  public void readStructEnd() throws TException {
    super.readStructEnd();
    depth--;
  }

  @Override
  public TList readListBegin() throws TException {
    return entered(super.readListBegin());
  }

  @Override
  public void readListEnd() throws TException {
    super.readListEnd();
    depth--;
  }

  @Override
  public TSet readSetBegin() throws TException {
    return entered(super.readSetBegin());
  }

  @Override
  public void readSetEnd() throws TException {
    super.readSetEnd();
    depth--;
  }

  @Override
  public TMap readMapBegin() throws TException {
    return entered(super.readMapBegin());
  }

  @Override
  public void readMapEnd() throws TException {
    super.readMapEnd();
    depth--;
  }
}
