package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qsnn.DataException;
import org.qsnn.model.ImageInput;
import org.qsnn.sample.ImageAugmentation.Transform;

class ImageDecoderTest {
  /** Gives back 1 … 255 as they are, and what Cutout sets as 0. */
  private static final ImageInput PLAIN =
      new ImageInput(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

  private static final byte[] IMAGE = image();

  @Test
  void evaluationNormalizesEachChannel() {
    float[] out = new float[3072];
    ImageDecoder.evaluation(Normalization.CIFAR10).decode(IMAGE, 0, 0, 0, out, 0);
    float green = ((IMAGE[1024 + 5] & 0xFF) / 255f - 0.4822f) / 0.1994f;
    float blue = ((IMAGE[3071] & 0xFF) / 255f - 0.4465f) / 0.2010f;
    assertThat(out[1024 + 5]).isCloseTo(green, within(1e-5f));
    assertThat(out[3071]).isCloseTo(blue, within(1e-5f));
  }

  @Test
  void writesAtTheOffsetAndNowhereElse() {
    float[] out = new float[3072 + 20];
    Arrays.fill(out, -7);
    training(1, Transform.values()).decode(IMAGE, 3, 2, 7, out, 10);
    assertThat(Arrays.copyOf(out, 10)).containsOnly(-7);
    assertThat(Arrays.copyOfRange(out, 10 + 3072, out.length)).containsOnly(-7);
    assertThat(Arrays.copyOfRange(out, 10, 10 + 3072))
        .doesNotContain(-7)
        .isEqualTo(decode(training(1, Transform.values()), 3, 2));
  }

  @ParameterizedTest
  @EnumSource
  void randomnessIsAFunctionOfSeedEpochAndId(Transform transform) throws Exception {
    ImageDecoder decoder = training(1, transform);
    ImageDecoder copy = (ImageDecoder) SamplesTest.copy(decoder);
    Set<List<Float>> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      float[] out = decode(decoder, i, 4);
      assertThat(decode(copy, i, 4)).isEqualTo(out);
      seen.add(boxed(out));
      seen.add(boxed(decode(decoder, 0, i)));
      seen.add(boxed(decode(training(i, transform), 0, 0)));
    }
    assertThat(seen.size()).as("different images by %s", transform).isGreaterThan(1);
  }

  @Test
  void leavesThePayloadAlone() {
    byte[] before = IMAGE.clone();
    for (int id = 0; id < 50; id++) {
      decode(training(1, Transform.values()), id, 0);
    }
    assertThat(IMAGE).isEqualTo(before);
  }

  @Test
  void cropsAreTheImageMovedByUpToFourPixelsOverBlack() {
    Set<Integer> shifts = new HashSet<>();
    for (int id = 0; id < 1000; id++) {
      float[] out = decode(training(1, Transform.CROP), id, 0);
      shifts.add(shiftOf(out));
    }
    assertThat(shifts).as("every one of the 9 × 9 crops").hasSize(81);
  }

  /** The shift that explains every pixel; fails if there is none. */
  private static int shiftOf(float[] out) {
    for (int dy = -4; dy <= 4; dy++) {
      for (int dx = -4; dx <= 4; dx++) {
        if (Arrays.equals(out, moved(dx, dy))) {
          return 100 * dy + dx;
        }
      }
    }
    throw new AssertionError("not a crop of the padded image");
  }

  private static float[] moved(int dx, int dy) {
    float[] moved = new float[3072];
    for (int i = 0; i < moved.length; i++) {
      int y = i % 1024 / 32 + dy;
      int x = i % 32 + dx;
      boolean inside = y >= 0 && y < 32 && x >= 0 && x < 32;
      moved[i] = inside ? IMAGE[i / 1024 * 1024 + y * 32 + x] & 0xFF : 0;
    }
    return moved;
  }

  @Test
  void flipsHalfOfTheImagesLeftToRight() {
    float[] plain = decode(ImageDecoder.evaluation(PLAIN), 0, 0);
    float[] mirrored = new float[3072];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = plain[i / 32 * 32 + 31 - i % 32];
    }
    int flipped = 0;
    for (int id = 0; id < 1000; id++) {
      float[] out = decode(training(1, Transform.FLIP), id, 0);
      boolean isMirrored = Arrays.equals(out, mirrored);
      assertThat(isMirrored || Arrays.equals(out, plain)).isTrue();
      flipped += isMirrored ? 1 : 0;
    }
    assertThat(flipped).isBetween(450, 550);
  }

  @Test
  void cutoutSetsOneClippedSquareToTheMean() {
    float[] plain = decode(ImageDecoder.evaluation(PLAIN), 0, 0);
    Set<Integer> areas = new HashSet<>();
    for (int id = 0; id < 500; id++) {
      float[] out = decode(training(1, Transform.CUTOUT), id, 0);
      int area = 0;
      for (int i = 0; i < 1024; i++) {
        boolean cut = out[i] == 0;
        assertThat(out[i + 1024] == 0 && out[i + 2048] == 0).isEqualTo(cut);
        assertThat(cut || out[i] == plain[i]).isTrue();
        area += cut ? 1 : 0;
      }
      areas.add(area);
    }
    assertThat(areas).contains(16 * 16).allMatch(area -> area >= 8 * 8 && area <= 16 * 16);
  }

  @Test
  void autoAugmentChangesMostImages() {
    float[] plain = decode(ImageDecoder.evaluation(PLAIN), 0, 0);
    int changed = 0;
    for (int id = 0; id < 500; id++) {
      changed += Arrays.equals(decode(training(1, Transform.AUTO_AUGMENT), id, 0), plain) ? 0 : 1;
    }
    assertThat(changed).isBetween(350, 490);
  }

  @Test
  void stepsCanBeSwitchedOneByOne() {
    ImageAugmentation augmentation = ImageAugmentation.of(Transform.FLIP, Transform.CUTOUT);
    assertThat(Transform.values())
        .filteredOn(augmentation::has)
        .containsExactly(Transform.FLIP, Transform.CUTOUT);
  }

  @Test
  void payloadOfAnotherSizeNamesTheSample() {
    assertThatThrownBy(
            () ->
                ImageDecoder.evaluation(PLAIN).decode(new byte[3073], 17, 0, 0, new float[3073], 0))
        .isInstanceOf(DataException.class)
        .hasMessage("sample 17: expected an image of 3072 bytes, found 3073");
  }

  @Test
  void normalizationRefusesZeroDeviation() {
    assertThatThrownBy(() -> new ImageInput(List.of(0.0, 0.0, 0.0), List.of(1.0, 0.0, 1.0)))
        .hasMessageContaining("std");
    assertThatThrownBy(() -> new ImageInput(List.of(0.0, 0.0), List.of(1.0, 1.0, 1.0)))
        .hasMessageContaining("mean: expected 3 numbers, found [0.0, 0.0]");
  }

  private static ImageDecoder training(long seed, Transform... transforms) {
    return ImageDecoder.training(ImageAugmentation.of(transforms), PLAIN, seed);
  }

  private static float[] decode(ImageDecoder decoder, long id, int epoch) {
    float[] out = new float[decoder.length()];
    decoder.decode(IMAGE, id, epoch, 0, out, 0);
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.round(out[i] * 1000) / 1000f;
    }
    return out;
  }

  private static List<Float> boxed(float[] values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return List.of(boxed);
  }

  /** No symmetry, and no black pixel. */
  private static byte[] image() {
    byte[] image = new byte[3072];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (1 + (i * 31 + i / 32 * 17) % 250);
    }
    return image;
  }
}
