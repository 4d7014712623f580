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
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.DataException;
import org.qsnn.model.ImageInput;
import org.qsnn.sample.ImageAugmentation.Transform;

class ImageDecoderTest {
  /** Gives back 1 … 255 as they are, and what Cutout sets as 0. */
  private static final ImageInput PLAIN =
      new ImageInput(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

  private static final int SIZE = 32;

  private static final byte[] IMAGE = image(SIZE);

  @Test
  void evaluationNormalizesEachChannel() {
    float[] out = new float[3072];
    ImageInput input =
        new ImageInput(List.of(0.4914, 0.4822, 0.4465), List.of(0.2023, 0.1994, 0.2010));
    ImageDecoder.evaluation(input, SIZE).decode(IMAGE, 0, 0, 0, out, 0);
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
    float[] plain = decode(ImageDecoder.evaluation(PLAIN, SIZE), 0, 0);
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
  void alternatingFlipShowsEachImageBothWaysInTwoEpochs() {
    ImageDecoder decoder = training(1, Transform.ALTERNATING_FLIP);
    float[] plain = decode(ImageDecoder.evaluation(PLAIN, SIZE), 0, 0);
    int flipped = 0;
    for (int id = 0; id < 1000; id++) {
      boolean isFirst = !Arrays.equals(decode(decoder, id, 0), plain);
      for (int epoch = 1; epoch < 4; epoch++) {
        boolean isFlipped = !Arrays.equals(decode(decoder, id, epoch), plain);
        assertThat(isFlipped).isEqualTo(isFirst == (epoch % 2 == 0));
      }
      flipped += isFirst ? 1 : 0;
    }
    assertThat(flipped).isBetween(450, 550);
  }

  @Test
  void cutoutSetsOneClippedSquareToTheMean() {
    float[] plain = decode(ImageDecoder.evaluation(PLAIN, SIZE), 0, 0);
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
    float[] plain = decode(ImageDecoder.evaluation(PLAIN, SIZE), 0, 0);
    int changed = 0;
    for (int id = 0; id < 500; id++) {
      changed += Arrays.equals(decode(training(1, Transform.AUTO_AUGMENT), id, 0), plain) ? 0 : 1;
    }
    assertThat(changed).isBetween(350, 490);
  }

  /** As augmentation was when 32 pixels were the only size: bits of every step together. */
  @Test
  void imagesOfCifarKeepTheirBits() {
    ImageDecoder decoder =
        training(1, Transform.CROP, Transform.FLIP, Transform.AUTO_AUGMENT, Transform.CUTOUT);
    int hash = 1;
    for (int id = 0; id < 200; id++) {
      hash = 31 * hash + Arrays.hashCode(decode(decoder, id, 3));
    }
    assertThat(hash).isEqualTo(1486500737);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 28, 64, 96})
  void imagesOfAnySizeAreDecodedAndAugmented(int size) {
    byte[] image = image(size);
    ImageDecoder decoder =
        ImageDecoder.training(ImageAugmentation.of(Transform.values()), PLAIN, size, 1);
    float[] plain = new float[3 * size * size];
    ImageDecoder.evaluation(PLAIN, size).decode(image, 0, 0, 0, plain, 0);
    assertThat(decoder.size()).isEqualTo(size);
    assertThat(decoder.length()).isEqualTo(image.length);
    for (int i = 0; i < image.length; i++) {
      assertThat(Math.round(plain[i])).isEqualTo(image[i] & 0xFF);
    }
    for (int id = 0; id < 100; id++) {
      float[] out = new float[plain.length + 2];
      Arrays.fill(out, -7);
      decoder.decode(image, id, 0, 0, out, 1);
      assertThat(out[0]).isEqualTo(-7);
      assertThat(out[out.length - 1]).isEqualTo(-7);
      assertThat(Arrays.copyOfRange(out, 1, 1 + plain.length)).doesNotContain(-7);
    }
  }

  /** So that a picture of another resolution is changed as much as one of CIFAR. */
  @Test
  void cropsAndCutoutGrowWithTheImage() {
    byte[] image = image(64);
    Set<Integer> shifts = new HashSet<>();
    Set<Integer> areas = new HashSet<>();
    for (int id = 0; id < 1000; id++) {
      float[] crop = decode(image, Transform.CROP, id);
      shifts.add(blackRows(crop, 64));
      areas.add(zeros(decode(image, Transform.CUTOUT, id)));
    }
    assertThat(shifts).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(areas).contains(3 * 32 * 32).allMatch(area -> area >= 3 * 16 * 16);
  }

  private static float[] decode(byte[] image, Transform step, long id) {
    ImageDecoder decoder = ImageDecoder.training(ImageAugmentation.of(step), PLAIN, 64, 1);
    float[] out = new float[decoder.length()];
    decoder.decode(image, id, 0, 0, out, 0);
    return out;
  }

  /** Rows of the first plane without anything in them. */
  private static int blackRows(float[] out, int size) {
    int rows = 0;
    for (int y = 0; y < size; y++) {
      rows += zeros(Arrays.copyOfRange(out, y * size, (y + 1) * size)) == size ? 1 : 0;
    }
    return rows;
  }

  private static int zeros(float[] values) {
    int zeros = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }

  @Test
  void paddingBeforeACropIsSaidInPixels() {
    byte[] image = new byte[3 * 64 * 64];
    Arrays.fill(image, (byte) 255);
    for (int padding : new int[] {0, 1, 6}) {
      ImageAugmentation augmentation = ImageAugmentation.of(Transform.CROP).padded(padding);
      ImageDecoder decoder = ImageDecoder.training(augmentation, PLAIN, 64, 1);
      Set<Integer> shifts = new HashSet<>();
      float[] out = new float[decoder.length()];
      for (int id = 0; id < 500; id++) {
        decoder.decode(image, id, 0, 0, out, 0);
        shifts.add(blackRows(out, 64));
      }
      assertThat(shifts).hasSize(padding + 1);
    }
    ImageAugmentation far = ImageAugmentation.of(Transform.CROP).padded(200);
    float[] black = new float[3 * 64 * 64];
    ImageDecoder.training(far, PLAIN, 64, 1).decode(image, 3, 0, 0, black, 0);
    assertThat(blackRows(black, 64)).as("mostly outside").isPositive();
    assertThatThrownBy(() -> ImageAugmentation.of().padded(-1))
        .hasMessageContaining("expected 0 pixels or more, found -1");
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
                ImageDecoder.evaluation(PLAIN, SIZE)
                    .decode(new byte[3073], 17, 0, 0, new float[3073], 0))
        .isInstanceOf(DataException.class)
        .hasMessage("sample 17: expected an image of 3072 bytes (3 × 32 × 32), found 3073");
  }

  @Test
  void normalizationRefusesZeroDeviation() {
    assertThatThrownBy(() -> new ImageInput(List.of(0.0, 0.0, 0.0), List.of(1.0, 0.0, 1.0)))
        .hasMessageContaining("std");
    assertThatThrownBy(() -> new ImageInput(List.of(0.0, 0.0), List.of(1.0, 1.0, 1.0)))
        .hasMessageContaining("mean: expected 3 numbers, found [0.0, 0.0]");
  }

  private static ImageDecoder training(long seed, Transform... steps) {
    return ImageDecoder.training(ImageAugmentation.of(steps), PLAIN, SIZE, seed);
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
  static byte[] image(int size) {
    byte[] image = new byte[3 * size * size];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (1 + (i * 31 + i / size * 17) % 250);
    }
    return image;
  }
}
