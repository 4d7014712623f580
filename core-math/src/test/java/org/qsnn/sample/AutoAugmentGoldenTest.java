package org.qsnn.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsnn.golden.GoldenCase;

class AutoAugmentGoldenTest {
  private static JsonNode golden;

  @BeforeAll
  static void readPolicy() throws IOException {
    Path file = GoldenCase.file("autoaugment-cifar10.json");
    golden = new ObjectMapper().readTree(Files.readAllBytes(file));
  }

  @Test
  void subPoliciesAreThoseOfThePaper() {
    List<AutoAugment.SubPolicy> expected = new ArrayList<>();
    for (JsonNode pair : golden.get("sub_policies")) {
      expected.add(new AutoAugment.SubPolicy(application(pair.get(0)), application(pair.get(1))));
    }
    assertThat(AutoAugment.CIFAR10).isEqualTo(expected);
  }

  private static AutoAugment.Application application(JsonNode json) {
    return new AutoAugment.Application(
        operation(json.get("op").asText()), json.get("p").asDouble(), json.get("level").asInt());
  }

  private static ImageOperation operation(String name) {
    return ImageOperation.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  @Test
  void levelsMeanTheValuesOfTheUsualImplementation() {
    for (ImageOperation operation : ImageOperation.values()) {
      JsonNode values = golden.get("values").get(operation.toString());
      for (int level = 0; level < 10; level++) {
        double expected = values == null ? 0 : values.get(level).asDouble();
        assertThat(operation.value(level))
            .as("%s at level %d", operation, level)
            .isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void signIsRandomForTheSameOperations() {
    List<String> expected = new ArrayList<>();
    golden.get("random_sign").forEach(name -> expected.add(name.asText()));
    assertThat(ImageOperation.values())
        .filteredOn(ImageOperation::hasRandomSign)
        .extracting(ImageOperation::toString)
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
