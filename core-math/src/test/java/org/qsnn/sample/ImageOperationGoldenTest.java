package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qsnn.golden.GoldenCase;

class ImageOperationGoldenTest {
  private static final Set<ImageOperation> GEOMETRIC =
      EnumSet.range(ImageOperation.SHEAR_X, ImageOperation.ROTATE);

  @TestFactory
  Stream<DynamicTest> operationsAreThoseOfPillow() {
    return GoldenCase.tests("image-op", ImageOperationGoldenTest::check);
  }

  private static void check(GoldenCase golden) {
    String name = golden.parameter("op").asText();
    ImageOperation operation =
        Arrays.stream(ImageOperation.values())
            .filter(candidate -> candidate.toString().equals(name))
            .findFirst()
            .orElseThrow();
    int[] shape = golden.shape("input");
    byte[] input = golden.bytes("input");
    byte[] expected = golden.bytes("output");
    int length = input.length / shape[0];
    for (int i = 0; i < shape[0]; i++) {
      byte[] image = Arrays.copyOfRange(input, i * length, (i + 1) * length);
      double value = golden.parameter("value_of_each_image").get(i).asDouble();
      operation.apply(new RgbImage(image, shape[3], shape[2]), value);
      compare(operation, image, Arrays.copyOfRange(expected, i * length, (i + 1) * length));
    }
  }

  /** As golden/README.md compares. */
  private static void compare(ImageOperation operation, byte[] found, byte[] expected) {
    int largest = 0;
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      int difference = Math.abs((found[i] & 0xFF) - (expected[i] & 0xFF));
      largest = Math.max(largest, difference);
      sum += difference;
    }
    if (GEOMETRIC.contains(operation)) {
      assertThat(sum / found.length).as("mean difference of %s", operation).isLessThanOrEqualTo(2);
    } else {
      assertThat(largest).as("largest difference of %s", operation).isLessThanOrEqualTo(1);
    }
  }
}
