package org.qsnn.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import org.qsnn.dataset.SyntheticImages;
import org.qsnn.storage.Hashes;

/** Rendered images as if they lay in a train.bin and a test.bin. */
final class SyntheticSource implements RawSource {
  private static final long SEED = 1;

  /**
   * Test images are numbered far from training images, so that neither depends on the other's
   * count.
   */
  private static final long FIRST_TEST_IMAGE = 1L << 40;

  private final DatasetSource.Synthetic counts;

  SyntheticSource(DatasetSource.Synthetic counts) {
    this.counts = counts;
  }

  @Override
  public List<RawPart> parts() {
    return List.of(
        new RawPart("train.bin", Split.TRAIN, 0, counts.trainSamples()),
        new RawPart("test.bin", Split.TEST, 0, counts.testSamples()));
  }

  @Override
  public void read(List<RawPart> parts, Visitor visitor) {
    for (RawPart part : parts) {
      try (InputStream in = new SequenceInputStream(new Records(part))) {
        visitor.visit(part, "synthetic " + part.name(), in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The first image stands for the way images are rendered, which may change with a version. */
  @Override
  public String state() {
    byte[] hash = Hashes.sha256().digest(SyntheticImages.record(SEED, 0));
    return counts + " " + HexFormat.of().formatHex(hash);
  }

  /** Renders one record after the other as they are read. */
  private static final class Records implements Enumeration<InputStream> {
    private long next;
    private final long end;

    Records(RawPart part) {
      next = part.split() == Split.TEST ? FIRST_TEST_IMAGE : 0;
      end = next + part.records();
    }

    @Override
    public boolean hasMoreElements() {
      return next < end;
    }

    @Override
    public InputStream nextElement() {
      if (next == end) {
        throw new NoSuchElementException();
      }
      return new ByteArrayInputStream(SyntheticImages.record(SEED, next++));
    }
  }
}
