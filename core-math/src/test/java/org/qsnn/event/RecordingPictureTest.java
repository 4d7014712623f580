package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordingPictureTest {
  private static final int WHITE = 0xFFFFFF;

  /** Of a sensor of 320 × 160 pixels, so that a pixel is a pixel of the picture. */
  private static RecordingPicture picture(Events events) {
    RecordingSummary.Accumulator accumulator = new RecordingSummary.Accumulator();
    accumulator.accept(events);
    RecordingPicture picture = new RecordingPicture(accumulator.summary());
    picture.accept(events.slice(0, events.size() / 2));
    picture.accept(events.slice(events.size() / 2, events.size()));
    return picture;
  }

  private static int pixel(RecordingPicture picture, int column, int row, int x, int y) {
    return picture.rgb()[(row * 164 + y) * picture.width() + column * 324 + x];
  }

  @Test
  void showsEightPartsFromLeftToRight() {
    EventsBuilder builder = Events.builder(new Sensor(320, 160));
    for (int i = 0; i < 8; i++) {
      builder.append(i, 10 + i, 20, i % 2 == 0);
    }
    RecordingPicture picture = picture(builder.build());

    assertThat(picture.width()).isEqualTo(4 * 320 + 3 * 4);
    assertThat(picture.height()).isEqualTo(2 * 160 + 4);
    assertThat(picture.rgb()).hasSize(picture.width() * picture.height());
    for (int i = 0; i < 8; i++) {
      assertThat(pixel(picture, i % 4, i / 4, 10 + i, 20))
          .isEqualTo(i % 2 == 0 ? 0x1E64DC : 0xD23C28);
      assertThat(pixel(picture, i % 4, i / 4, 11 + i, 20)).isEqualTo(WHITE);
    }
    assertThat(pixel(picture, 0, 0, 321, 0)).isEqualTo(0x808080);
  }

  @Test
  void showsOnlyTheStartOfALongPart() {
    EventsBuilder builder = Events.builder(new Sensor(320, 160));
    int part = 320 * 160 / 4 + 1;
    for (int i = 0; i < 8 * part; i++) {
      builder.append(i, i % part == part - 1 ? 7 : 300, 0, true);
    }
    RecordingPicture picture = picture(builder.build());

    assertThat(pixel(picture, 1, 1, 300, 0)).isEqualTo(0x1E64DC);
    assertThat(pixel(picture, 1, 1, 7, 0)).isEqualTo(WHITE);
  }

  @Test
  void aSmallSensorIsEnlarged() {
    RecordingPicture picture =
        picture(Events.builder(new Sensor(34, 34)).append(0, 33, 33, true).build());

    assertThat(picture.width()).isEqualTo(4 * 34 * 9 + 3 * 4);
    assertThat(picture.rgb()[305 * picture.width() + 305]).isEqualTo(0x1E64DC);
    assertThat(picture.rgb()[296 * picture.width() + 305]).isEqualTo(WHITE);
  }

  @Test
  void aLargeSensorIsShrunk() {
    RecordingPicture picture =
        picture(Events.builder(new Sensor(32768, 16384)).append(0, 32767, 52, true).build());

    assertThat(picture.width()).isEqualTo(4 * 631 + 3 * 4);
    assertThat(picture.height()).isEqualTo(2 * 316 + 4);
    assertThat(picture.rgb()[picture.width() + 630]).isEqualTo(0x1E64DC);
  }
}
