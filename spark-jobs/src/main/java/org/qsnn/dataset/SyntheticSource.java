package org.qsnn.dataset;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.qsnn.Hashes;
import org.qsnn.sample.CifarFormat;
import org.qsnn.sample.SyntheticImages;

/** Rendered images as if they lay in a train.bin and a test.bin. */
final class SyntheticSource implements RawSource {
  static final long SEED = 1;

  /**
   * Test images are numbered far from training images, so that neither depends on the other's
   * count.
   */
  static final long FIRST_TEST_IMAGE = 1L << 40;

  private final ComputedDataset.Samples counts;

  SyntheticSource(ComputedDataset.Samples counts) {
    this.counts = counts;
  }

  @Override
  public List<String> classNames() {
    return SyntheticImages.classNames();
  }

  @Override
  public String splitName() {
    return "rendered";
  }

  @Override
  public PayloadFormat read(Consumer<RawPart> parts) {
    accept(parts, "train.bin", Split.TRAIN, counts.trainSamples());
    accept(parts, "test.bin", Split.TEST, counts.testSamples());
    return CifarPart.PAYLOAD;
  }

  private static void accept(Consumer<RawPart> parts, String name, Split split, long records) {
    CifarPart part = new CifarPart(CifarFormat.CIFAR10, name, split, 0, records);
    parts.accept(part.of("synthetic " + name, new SequenceInputStream(new Records(part))));
  }

  /** The first image stands for the way images are rendered, which may change with a version. */
  @Override
  public String state() {
    return counts + " " + Hashes.sha256(SyntheticImages.record(SEED, 0));
  }

  /** Renders one record after the other as they are read. */
  private static final class Records implements Enumeration<InputStream> {
    private long next;
    private final long end;

    Records(CifarPart part) {
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
