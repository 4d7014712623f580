package org.qsnn.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.dataset.Datasets;
import org.qsnn.model.Architectures;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Sgd;
import org.qsnn.sample.ImageAugmentation;
import org.qsnn.sample.ImageAugmentation.Transform;
import org.qsnn.search.Point;

class ReadyConfigurationsTest {
  private static final Path CONF = Path.of("..", "conf");

  static List<String> names() throws IOException {
    return files().stream().filter(name -> !name.startsWith("sweep-")).toList();
  }

  static List<String> sweeps() throws IOException {
    return files().stream().filter(name -> name.startsWith("sweep-")).toList();
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(f -> f.endsWith(".conf"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void everySweepLoadsAndEveryPointOfItIsAConfiguration(String name) {
    SweepConfig sweep = SweepConfig.load(text(name), List.of(), Instant.EPOCH);

    List<Point> points = new ArrayList<>();
    while (points.size() < sweep.search().points()) {
      points.add(sweep.search().strategy().next(points, Map.of()));
    }
    assertThat(points).hasSizeGreaterThanOrEqualTo(4);
    for (Point point : points) {
      List<String> overrides = new ArrayList<>(sweep.set());
      overrides.addAll(sweep.search().space().overrides(point));
      String base = Path.of(sweep.base()).getFileName().toString();
      RunConfig config = RunConfig.load(text(base), overrides, Instant.EPOCH);
      assertThat(config.networkSpec(3, 32, 10).layers()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyConfigurationLoadsAndBuildsItsNetwork(String name) {
    RunConfig config = load(name);

    int layers = config.network().architecture() == Architectures.RESNET19 ? 17 : 8;
    assertThat(config.networkSpec(3, 32, 10).layers()).hasSize(layers);
    assertThat(config.run().dir()).startsWith("runs/" + name.replace(".conf", "-"));
  }

  @Test
  void quickstartNeedsNoData() {
    assertThat(load("quickstart.conf").dataset().kind()).isEqualTo(Datasets.SYNTHETIC);
  }

  @Test
  void fullConfigurationsAreTheDefaultsOnTheirDataset() {
    RunConfig defaults = RunConfig.load(ConfigText.none("x"), List.of(), Instant.EPOCH);

    for (String kind : List.of("cifar10", "cifar100")) {
      assertThat(load(kind + "-resnet19.conf").differencesFrom(defaults))
          .containsExactly("dataset.kind: " + kind + ", there synthetic");
    }
  }

  @Test
  void smallConfigurationHasItsPublishedSizes() {
    RunConfig small = load("cifar10-small.conf");

    assertThat(small.dataset().limitTrain()).isEqualTo(10_000);
    assertThat(small.dataset().limitTest()).isEqualTo(Integer.MAX_VALUE);
    assertThat(small.dataset().augment().images())
        .usingRecursiveComparison()
        .isEqualTo(ImageAugmentation.of(Transform.CROP, Transform.FLIP));
    assertThat(small.network().width()).isEqualTo(16);
    assertThat(small.network().membraneBits()).isEqualTo(8);
    assertThat(small.train())
        .isEqualTo(new TrainSection(10, 2, 64, Descent.of(Sgd.standard(), 0.1), 0, 0));
  }

  private static RunConfig load(String name) {
    return RunConfig.load(text(name), List.of(), Instant.EPOCH);
  }

  private static ConfigText text(String name) {
    Path file = CONF.resolve(name);
    try {
      return new ConfigText(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
