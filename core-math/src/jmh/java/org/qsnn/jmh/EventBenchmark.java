package org.qsnn.jmh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.Aedat2Writer;
import org.qsnn.event.EventCodec;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;
import org.qsnn.frame.CountScale;
import org.qsnn.frame.FrameIntegrator;
import org.qsnn.frame.FrameSlicing;
import org.qsnn.model.FrameInput.Resize;
import org.qsnn.tensor.RandomStream;

/** From the bytes of a DVS128 to ten frames, on one thread: millions of events a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(EventBenchmark.EVENTS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EventBenchmark {
  static final int EVENTS = 1 << 20;

  private static final int FRAMES = 10;

  /** Frames of the sensor's size, of 48 × 48 by the nearest pixel, and the same by area. */
  @Param({"sensor", "nearest", "area"})
  public String frames;

  private byte[] recording;
  private byte[] stored;
  private FrameIntegrator integrator;
  private float[] target;

  @Setup
  public void prepare() throws IOException {
    Events events = events();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Aedat2Writer.write(events, Aedat2Convention.DVS128, out);
    recording = out.toByteArray();
    stored = EventCodec.encode(events);
    FrameSlicing slicing = FrameSlicing.byNumber(FRAMES);
    integrator =
        switch (frames) {
          case "sensor" -> FrameIntegrator.counts(slicing, Sensor.DVS128);
          case "nearest" -> new FrameIntegrator(slicing, 48, 48, Resize.NEAREST, CountScale.log());
          default -> new FrameIntegrator(slicing, 48, 48, Resize.AREA, CountScale.counts());
        };
    target = new float[integrator.length()];
  }

  /** Pixels anywhere, 0…9 µs apart. */
  private static Events events() {
    RandomStream random = RandomStream.of(1);
    EventsBuilder events = Events.builder(Sensor.DVS128);
    long timestamp = 0;
    for (int i = 0; i < EVENTS; i++) {
      timestamp += random.nextInt(10);
      events.append(timestamp, random.nextInt(128), random.nextInt(128), random.nextBoolean());
    }
    return events.build();
  }

  @Benchmark
  public float[] recordingToFrames() {
    return integrated(
        EventFormat.AEDAT2_DVS128.read(new ByteArrayInputStream(recording), "recording"));
  }

  /** What a task does with a sample. */
  @Benchmark
  public float[] storedToFrames() {
    return integrated(EventCodec.decode(stored));
  }

  private float[] integrated(Events events) {
    integrator.integrate(events, target, 0);
    return target;
  }
}
