package org.qsnn.prepared;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.qsnn.Hashes;
import org.qsnn.dataset.Split;

/**
 * One hash of all samples of a data set: the SHA-256 of each sample's split, id, label and bytes,
 * added up modulo 2²⁵⁶. A sum has no order, so it does not matter how the samples are spread over
 * files and tasks. DATASET.md has the bytes.
 */
final class DataHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private long samples;
  private BigInteger sum = BigInteger.ZERO;

  void add(Split split, long id, int label, byte[] payload) {
    MessageDigest digest = Hashes.sha256();
    digest.update(split.key().getBytes(US_ASCII));
    digest.update(
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(id).putInt(label).array());
    digest.update(payload);
    sum = sum.add(new BigInteger(1, digest.digest())).mod(MODULUS);
    samples++;
  }

  /** Adds the samples of another. */
  void add(DataHash other) {
    sum = sum.add(other.sum).mod(MODULUS);
    samples += other.samples;
  }

  /** SHA-256 in hex of the number of samples and the sum, in decimal: {@code <samples> <sum>\n}. */
  String hex() {
    MessageDigest digest = Hashes.sha256();
    digest.update((samples + " " + sum + "\n").getBytes(US_ASCII));
    return Hashes.hex(digest);
  }
}
