package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PictureTest {
  @Test
  void imageIsShownAsItIs() {
    byte[] image = {1, -1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 127};
    Picture picture = Picture.ofImage(image, 2);

    assertThat(picture.size()).isEqualTo(2);
    assertThat(picture.planes()).isEqualTo(image);
    assertThat(picture.rgb()).containsExactly(0x010509, 0xFF060A, 0x03070B, 0x04087F);
  }

  @Test
  void largeImageIsShrunkToTheMeansOfBlocks() {
    byte[] image = new byte[3 * 65 * 65];
    image[0] = -1; // a quarter of the first block
    image[65 * 65 - 1] = 40; // alone in the last
    Picture picture = Picture.ofImage(image, 65);

    assertThat(picture.size()).isEqualTo(33);
    assertThat(picture.planes()[0]).isEqualTo((byte) 64);
    assertThat(picture.planes()[33 * 33 - 1]).isEqualTo((byte) 40);
  }

  @Test
  void eventsAreBlueWhereOnAndRedWhereOff() {
    float[] counts = {0, 2, 0, 0, 0, 0, 4, 0};

    assertThat(Picture.ofEvents(counts, 2).rgb())
        .containsExactly(0xFFFFFF, 0xE89D93, 0x1E64DC, 0xFFFFFF);
  }

  @Test
  void noEventsAreWhite() {
    assertThat(Picture.ofEvents(new float[2 * 128 * 128], 128).rgb())
        .hasSize(64 * 64)
        .containsOnly(0xFFFFFF);
  }

  @Test
  void otherNumberOfBytesIsRefused() {
    byte[] bytes = new byte[12];
    assertThatThrownBy(() -> new Picture(3, bytes))
        .hasMessageContaining("found 12 bytes, a side of 3");
    assertThatThrownBy(() -> new Picture(65, new byte[3 * 65 * 65])).hasMessageContaining("1 … 64");
    assertThatThrownBy(() -> new Picture(0, new byte[0])).hasMessageContaining("a side of 0");
  }
}
