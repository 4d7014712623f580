package org.qsnn.dataset;

import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.SampleSink;

/**
 * One binary file in the official layout and its place in the data set; it becomes one Parquet
 * file.
 *
 * @param name official name of the file
 * @param firstId id of its first record in the split
 */
record CifarPart(CifarFormat format, String name, Split split, long firstId, long records) {
  static final String ENDING = ".bin";

  static final PayloadFormat PAYLOAD = PayloadFormat.ofImages(CifarFormat.SIZE);

  /**
   * @param where the file for messages
   * @param in its bytes; is left open
   */
  RawPart of(String where, InputStream in) {
    String parquet = name.substring(0, name.length() - ENDING.length());
    return new RawPart(parquet, split, firstId, sink -> List.of(pour(where, in, sink)));
  }

  private SourceFile pour(String where, InputStream in, SampleSink sink) {
    DigestInputStream digested = new DigestInputStream(in, Hashes.sha256());
    long found = format.read(digested, where, firstId, sink);
    if (found != records) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: changed while it was read: expected %d records, found %d",
              where,
              records,
              found));
    }
    return new SourceFile(
        name,
        split,
        firstId,
        records,
        records * format.recordBytes(),
        Hashes.hex(digested.getMessageDigest()),
        "");
  }
}
