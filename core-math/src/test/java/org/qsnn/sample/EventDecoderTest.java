package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.qsnn.DataException;
import org.qsnn.event.EventCodec;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;
import org.qsnn.frame.CountScale;
import org.qsnn.frame.FrameAugmentation;
import org.qsnn.frame.FrameAugmentation.Unit;
import org.qsnn.frame.FrameIntegrator;
import org.qsnn.frame.FrameSlicing;
import org.qsnn.model.FrameInput.Resize;

class EventDecoderTest {
  private static final int SIZE = 16;
  private static final FrameIntegrator FRAMES =
      new FrameIntegrator(
          FrameSlicing.byNumber(2), SIZE, SIZE, Resize.NEAREST, CountScale.counts());

  private final Events events = events();
  private final byte[] payload = EventCodec.encode(events);

  @Test
  void evaluationShowsTheFramesOfTheStoredEvents() {
    EventDecoder decoder = EventDecoder.evaluation(FRAMES);
    float[] expected = new float[FRAMES.length()];
    FRAMES.integrate(events, expected, 0);

    assertThat(decoder.frames()).isEqualTo(2);
    assertThat(decoder.channels()).isEqualTo(2);
    assertThat(decoder.size()).isEqualTo(SIZE);
    assertThat(decode(decoder, 3, 0, 0)).isEqualTo(expected);
    assertThat(decode(decoder, 4, 5, 6)).isEqualTo(expected);
  }

  @Test
  void pictureAddsAllFramesUpWhateverTheNumbersInThem() {
    FrameIntegrator clipped =
        new FrameIntegrator(
            FrameSlicing.byNumber(5), SIZE, SIZE, Resize.NEAREST, CountScale.clipped(1));
    float[] sum = new float[2 * SIZE * SIZE];
    new FrameIntegrator(FrameSlicing.byNumber(1), SIZE, SIZE, Resize.NEAREST, CountScale.counts())
        .integrate(events, sum, 0);

    assertThat(EventDecoder.evaluation(clipped).picture(payload, 3))
        .usingRecursiveComparison()
        .isEqualTo(Picture.ofEvents(sum, SIZE));
  }

  @Test
  void batchSharesOneChangeAndTheNextStepHasAnother() {
    EventDecoder decoder = training(Unit.BATCH, 1);
    assertThat(decode(decoder, 3, 0, 2)).isEqualTo(decode(decoder, 4, 0, 2));
    assertThat(decode(decoder, 3, 0, 2)).isNotEqualTo(decode(decoder, 3, 0, 3));
    assertThat(decode(decoder, 3, 0, 2)).isNotEqualTo(decode(decoder, 3, 1, 2));
  }

  @Test
  void sampleHasAChangeOfItsOwnWhateverTheStep() {
    EventDecoder decoder = training(Unit.SAMPLE, 1);
    assertThat(decode(decoder, 3, 0, 2)).isEqualTo(decode(decoder, 3, 0, 5));
    assertThat(decode(decoder, 3, 0, 2)).isNotEqualTo(decode(decoder, 4, 0, 2));
    assertThat(decode(decoder, 3, 0, 2)).isNotEqualTo(decode(training(Unit.SAMPLE, 2), 3, 0, 2));
  }

  @Test
  void changesMoveEventsAndLoseNone() {
    float sum = 0;
    for (float value : decode(training(Unit.SAMPLE, 1), 3, 0, 0)) {
      sum += value;
    }
    assertThat(sum).isEqualTo(events.size());
  }

  @Test
  void damagedPayloadNamesTheSample() {
    payload[payload.length / 2] ^= 1;
    assertThatThrownBy(() -> decode(EventDecoder.evaluation(FRAMES), 17, 0, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("sample 17: ", "CRC-32C");
  }

  @Test
  void framesMustBeSquare() {
    FrameIntegrator oblong = FrameIntegrator.counts(FrameSlicing.byTime(1), new Sensor(4, 3));
    assertThatThrownBy(() -> EventDecoder.evaluation(oblong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 × 3");
  }

  private static EventDecoder training(Unit unit, long seed) {
    return EventDecoder.training(FRAMES, new FrameAugmentation(unit, 0.5, 5, 0, 0), seed);
  }

  private float[] decode(EventDecoder decoder, long id, int epoch, int step) {
    float[] frames = new float[decoder.length()];
    decoder.decode(payload, id, epoch, step, frames, 0);
    return frames;
  }

  private static Events events() {
    EventsBuilder events = Events.builder(new Sensor(32, 32));
    for (int i = 0; i < 100; i++) {
      events.append(i * i, i * 7 % 32, i * 5 % 32, i % 3 == 0);
    }
    return events.build();
  }
}
