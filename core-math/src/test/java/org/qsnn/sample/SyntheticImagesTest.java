package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {
  private static final long SEED = 1;

  @Test
  void recordDependsOnSeedAndIdAlone() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SyntheticImages.write(out, SEED, 40, 3);
    byte[] second = Arrays.copyOfRange(out.toByteArray(), 3073, 2 * 3073);
    assertThat(second)
        .isEqualTo(SyntheticImages.record(SEED, 41))
        .isNotEqualTo(SyntheticImages.record(SEED + 1, 41))
        .isNotEqualTo(SyntheticImages.record(SEED, 42));
  }

  /** The bytes are part of what a run can be repeated from: no JVM or change may move them. */
  @Test
  void bytesStayTheSame() {
    int hash = 1;
    for (long id = 0; id < 100; id++) {
      hash = 31 * hash + Arrays.hashCode(SyntheticImages.record(SEED, id));
    }
    assertThat(hash).isEqualTo(-540665000);
  }

  @Test
  void writesTheLayoutOfCifar10() {
    Samples samples = samples(0, 200);
    assertThat(samples.size()).isEqualTo(200);
    assertThat(IntStream.range(0, 200).map(samples::label).distinct().count()).isEqualTo(10);
    assertThat(SyntheticImages.classNames()).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void classesAreAboutEquallyFrequentInEveryShard() {
    Samples samples = samples(0, 2000);
    int[] evenIds = new int[10];
    for (int i = 0; i < samples.size(); i += 2) {
      evenIds[samples.label(i)]++;
    }
    assertThat(Arrays.stream(evenIds).min().orElseThrow()).isGreaterThan(70);
    assertThat(Arrays.stream(evenIds).max().orElseThrow()).isLessThan(130);
  }

  @Test
  void normalizationIsThatOfTheImages() {
    Samples samples = samples(0, 2000);
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < samples.size(); i++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          int value = samples.payload(i)[channel * 1024 + pixel] & 0xFF;
          double normal = SyntheticImages.INPUT.apply(channel, value);
          sum += normal;
          squares += normal * normal;
        }
      }
      double count = 1024.0 * samples.size();
      assertThat(sum / count).isBetween(-0.05, 0.05);
      assertThat(squares / count).isBetween(0.95, 1.05);
    }
  }

  /** Better than chance, so that the classifier does learn; far from solving the set. */
  @Test
  void linearClassifierOnPixelsStaysBelow60Percent() {
    SoftmaxRegression classifier = new SoftmaxRegression();
    classifier.train(samples(0, 3000), 5);
    assertThat(classifier.accuracy(samples(0, 3000))).isGreaterThan(0.30);
    assertThat(classifier.accuracy(samples(3000, 1000))).isBetween(0.15, 0.60);
  }

  private static Samples samples(long firstId, int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SyntheticImages.write(out, SEED, firstId, count);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return CifarFormat.CIFAR10.read(
        new ByteArrayInputStream(out.toByteArray()), "synthetic", firstId);
  }
}
