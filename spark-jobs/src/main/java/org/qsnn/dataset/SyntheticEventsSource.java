package org.qsnn.dataset;

import static org.qsnn.dataset.SyntheticSource.FIRST_TEST_IMAGE;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.qsnn.Hashes;
import org.qsnn.event.EventCodec;
import org.qsnn.sample.SampleSink;
import org.qsnn.sample.SyntheticImages;

/** The rendered images of {@link SyntheticSource} as a simulated event camera sees them. */
final class SyntheticEventsSource implements RawSource {
  /** Recordings that are made at once, on all cores. */
  private static final int BATCH = 256;

  private final ComputedDataset.Samples counts;
  private final ImageRecorder recorder = ImageRecorder.ofSmallImages(SyntheticImages.SIZE);

  SyntheticEventsSource(ComputedDataset.Samples counts) {
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

  /** The first recording stands for the way they are made, which may change with a version. */
  @Override
  public String state() {
    return counts + " " + Hashes.sha256(recording(0).payload);
  }

  @Override
  public PayloadFormat read(Consumer<RawPart> parts) {
    parts.accept(part(Split.TRAIN, 0, counts.trainSamples()));
    parts.accept(part(Split.TEST, FIRST_TEST_IMAGE, counts.testSamples()));
    return new PayloadFormat(
        PayloadFormat.EVENTS, List.of(2, SyntheticImages.SIZE, SyntheticImages.SIZE));
  }

  private RawPart part(Split split, long firstImage, int samples) {
    return new RawPart(
        split.key(), split, 0, sink -> List.of(pour(split, firstImage, samples, sink)));
  }

  private SourceFile pour(Split split, long firstImage, int samples, SampleSink sink) {
    MessageDigest digest = Hashes.sha256();
    long bytes = 0;
    for (int from = 0; from < samples; from += BATCH) {
      int to = Math.min(samples, from + BATCH);
      Recorded[] batch =
          LongStream.range(firstImage + from, firstImage + to)
              .parallel()
              .mapToObj(this::recording)
              .toArray(Recorded[]::new);
      for (int i = 0; i < batch.length; i++) {
        digest.update(batch[i].payload);
        bytes += batch[i].payload.length;
        sink.accept(from + i, batch[i].label, batch[i].payload);
      }
    }
    return new SourceFile(split.key(), split, 0, samples, bytes, Hashes.hex(digest), "");
  }

  private record Recorded(int label, byte[] payload) {}

  private Recorded recording(long image) {
    byte[] record = SyntheticImages.record(SyntheticSource.SEED, image);
    byte[] planes = Arrays.copyOfRange(record, 1, record.length);
    return new Recorded(record[0], EventCodec.encode(recorder.record(image, planes)));
  }
}
