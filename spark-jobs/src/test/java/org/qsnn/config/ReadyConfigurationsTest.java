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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.qsnn.dataset.Datasets;
import org.qsnn.frame.FrameAugmentation;
import org.qsnn.frame.FrameAugmentation.Unit;
import org.qsnn.frame.FrameWarping;
import org.qsnn.frame.FrameWarping.Choice;
import org.qsnn.model.Footprint;
import org.qsnn.model.LifNeuron;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.WeightScheme;
import org.qsnn.optimize.Descent;
import org.qsnn.optimize.Sgd;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.sample.ImageAugmentation;
import org.qsnn.sample.ImageAugmentation.Transform;
import org.qsnn.search.Point;
import org.qsnn.train.EarlyEpochs;

class ReadyConfigurationsTest {
  private static final Path CONF = Path.of("..", "conf");

  static List<String> names() throws IOException {
    return files().stream().filter(name -> !name.startsWith("sweep-")).toList();
  }

  static List<String> sweeps() throws IOException {
    return files().stream().filter(name -> name.startsWith("sweep-")).toList();
  }

  static List<String> paperSweeps() throws IOException {
    return paper().stream().filter(name -> name.startsWith("sweep-")).toList();
  }

  private static List<String> files() throws IOException {
    return files(CONF);
  }

  private static List<String> paper() throws IOException {
    return files(CONF.resolve("paper"));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
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

    int layers =
        Map.of("resnet19", 17, "vggsnn", 8, "custom", 5).get(config.network().architecture().key());
    assertThat(config.networkSpec(3, 32, 10).layers()).hasSize(layers);
    assertThat(config.run().dir()).startsWith("runs/" + name.replace(".conf", "-"));
  }

  /** Each with the sizes that Table 1 and Table 2 name. */
  @ParameterizedTest
  @CsvSource({
    "cifar10-resnet19, cifar10, 2, 256, 3, 10, 12569226",
    "cifar100-resnet19, cifar100, 2, 256, 3, 100, 12615396",
    "tiny-imagenet-vgg16, tiny-imagenet, 4, 256, 3, 200, 14821512",
    "dvs-gesture-vggsnn, dvs-gesture, 16, 64, 2, 11, 9231051",
    "cifar10-dvs-vggsnn, cifar10-dvs, 10, 64, 2, 10, 9230538"
  })
  void everyRowOfThePapersTable1LoadsAsItIsWritten(
      String name, String kind, int timesteps, int batch, int channels, int classes, long count) {
    RunConfig config = load("paper/" + name + ".conf");

    NetworkSpec spec = config.networkSpec(channels, config.dataset().inputSize(), classes);

    assertThat(config.recipe()).isEqualTo(Recipe.AS_WRITTEN);
    assertThat(config.dataset().kind().key()).isEqualTo(kind);
    assertThat(config.train().batchSize()).isEqualTo(batch);
    assertThat(config.train().epochs()).isEqualTo(300);
    assertThat(spec.timesteps()).isEqualTo(timesteps);
    assertThat(spec.neuron().quantization()).isEqualTo(LifNeuron.Quantization.BEFORE_FIRING);
    assertThat(spec.weightScheme()).isEqualTo(WeightScheme.LAYER_REGULATED_MEAN);
    assertThat(Footprint.of(spec).parameters()).isEqualTo(count);
    assertThat(NetworkLayout.of(spec).parameters().size()).isEqualTo((int) count);
  }

  @Test
  void everyFileOfThePaperIsARowOfThatTestOrTheSweepOfOne() throws IOException {
    assertThat(paper()).hasSize(10);
    for (String sweep : paperSweeps()) {
      assertThat(paper()).contains(sweep.substring("sweep-".length()));
    }
  }

  @ParameterizedTest
  @MethodSource("paperSweeps")
  void sweepOfARowHasTheFourColumnsOfTheTable(String name) {
    SweepConfig sweep = SweepConfig.load(text("paper/" + name), List.of(), Instant.EPOCH);

    List<Point> points = new ArrayList<>();
    while (points.size() < sweep.search().points()) {
      points.add(sweep.search().strategy().next(points, Map.of()));
    }
    String base = Path.of(sweep.base()).getFileName().toString();
    List<String> bits = new ArrayList<>();
    for (Point point : points) {
      List<String> overrides = new ArrayList<>(sweep.set());
      overrides.addAll(sweep.search().space().overrides(point));
      RunConfig config = RunConfig.load(text("paper/" + base), overrides, Instant.EPOCH);
      assertThat(config.networkSpec(2, config.dataset().inputSize(), 10).layers()).isNotEmpty();
      bits.add(config.network().weightBits() + "w" + config.network().membraneBits() + "u");
    }
    assertThat("sweep-" + base).isEqualTo(name);
    assertThat(bits).containsExactlyInAnyOrder("32w32u", "1w8u", "1w4u", "1w2u");
  }

  /** As its public code does it. */
  @Test
  void cifar10DvsIsAugmentedByNeuromorphicDataAugmentation() {
    assertThat(load("paper/cifar10-dvs-vggsnn.conf").dataset().augment().frames())
        .isEqualTo(
            new FrameAugmentation(
                Unit.SAMPLE, 0.5, 5, 0, 0, new FrameWarping(30, 8.6, 8, Choice.ONE)));
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
    assertThat(small.network().bits()).isEqualTo("1w8u");
    assertThat(small.train())
        .isEqualTo(
            new TrainSection(
                10,
                2,
                64,
                Descent.of(Sgd.standard(), 0.1),
                EarlyEpochs.NONE,
                TrainSection.Stem.DRAWN,
                Optional.empty(),
                new DistillationSection(Optional.empty(), 0.5, 2),
                0,
                0,
                false,
                32));
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
