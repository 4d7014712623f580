package org.qsnn.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.event.EventCodec;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.golden.EventSamples;
import org.qsnn.golden.GoldenCase;

/** Frames of whole recordings, to the last count, from the file and from stored events. */
class EventFramesGoldenTest {
  @TestFactory
  Stream<DynamicTest> framesHaveTheSameCounts() {
    return GoldenCase.tests("event-frames", EventFramesGoldenTest::check);
  }

  private static void check(GoldenCase golden) throws IOException {
    Path file = EventSamples.path(golden.parameter("recording").asText());
    Events events;
    try (InputStream in = Files.newInputStream(file)) {
      events = EventFormat.AEDAT2_CIFAR10_DVS.read(in, file.toString());
    }
    int frames = golden.parameter("frames").asInt();
    FrameSlicing slicing =
        golden.parameter("split").asText().equals("number")
            ? FrameSlicing.byNumber(frames)
            : FrameSlicing.byTime(frames);
    checkBounds(golden, slicing.bounds(events));
    checkFrames(golden, slicing, events);
    checkFrames(golden, slicing, EventCodec.decode(EventCodec.encode(events)));
  }

  private static void checkBounds(GoldenCase golden, int[] bounds) {
    assertThat(Arrays.copyOf(bounds, bounds.length - 1)).isEqualTo(golden.ints("left"));
    assertThat(Arrays.copyOfRange(bounds, 1, bounds.length)).isEqualTo(golden.ints("right"));
  }

  private static void checkFrames(GoldenCase golden, FrameSlicing slicing, Events events) {
    FrameIntegrator integrator = FrameIntegrator.counts(slicing, events.sensor());
    float[] found = new float[integrator.length()];
    integrator.integrate(events, found, 0);
    short[] expected = golden.shorts("frames");
    float[] counts = new float[expected.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = expected[i];
    }
    assertThat(found).isEqualTo(counts);
  }
}
