package org.qsnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;
import org.qsnn.SparkSessionExtension;
import org.qsnn.config.ConfigText;
import org.qsnn.config.DatasetSection;
import org.qsnn.config.RunConfig;
import org.qsnn.dataset.Dataset;
import org.qsnn.dataset.DatasetSource;
import org.qsnn.dataset.PayloadFormat;
import org.qsnn.dataset.RawPart;
import org.qsnn.dataset.RawSource;
import org.qsnn.dataset.SourceFile;
import org.qsnn.dataset.Split;
import org.qsnn.model.ImageInput;
import org.qsnn.storage.FileStore;
import org.qsnn.storage.Lease;

/** All that a data set of images has to be, whatever their size, is one class. */
@ExtendWith(SparkSessionExtension.class)
class ImageSizeIT {
  private static final String TINY =
      """
      network { width-factor = 1/64, timesteps = 1 }
      train { epochs = 1, shards = 2, batch-size = 8 }
      """;

  @TempDir private Path root;
  private final FileStore files = FileStore.of(new Configuration());

  /** Two classes: the upper or the lower half is bright. */
  private record Halves(int size) implements Dataset, DatasetSource, RawSource {
    @Override
    public String key() {
      return "halves";
    }

    @Override
    public Optional<Images> images() {
      return Optional.of(
          new Images(size, new ImageInput(List.of(.5, .5, .5), List.of(1., 1., 1.))));
    }

    @Override
    public DatasetSource source(Choices choices) {
      return this;
    }

    @Override
    public Dataset dataset() {
      return this;
    }

    @Override
    public Optional<String> place() {
      return Optional.empty();
    }

    @Override
    public RawSource open(FileStore files) {
      return this;
    }

    @Override
    public List<String> classNames() {
      return List.of("upper", "lower");
    }

    @Override
    public String splitName() {
      return "made";
    }

    @Override
    public String state() {
      return toString();
    }

    @Override
    public PayloadFormat read(Consumer<RawPart> parts) {
      parts.accept(part(Split.TRAIN, 40));
      parts.accept(part(Split.TEST, 8));
      return images().orElseThrow().payload();
    }

    private RawPart part(Split split, int samples) {
      return new RawPart(
          split.key(),
          split,
          0,
          sink -> {
            for (int id = 0; id < samples; id++) {
              sink.accept(id, id % 2, image(id % 2));
            }
            return List.of(new SourceFile(split.key(), split, 0, samples, 0, "0".repeat(64), ""));
          });
    }

    private byte[] image(int label) {
      byte[] image = new byte[3 * size * size];
      for (int i = 0; i < image.length; i++) {
        boolean isUpper = i / size % size < size / 2;
        image[i] = (byte) (isUpper == (label == 0) ? 200 : 50);
      }
      return image;
    }
  }

  @Test
  void imagesOfSixtyFourPixelsAreTrainedOnWithEveryAugmentation(SparkSession spark) {
    RunConfig config = config(64, "resnet19");

    try (SparkBackend backend = SparkBackend.open(spark, files, config);
        Lease lease = Lease.acquire(files, config.run().dir())) {
      Training training = new Training(files, config, backend);

      assertThat(training.network().inputSize()).isEqualTo(64);
      assertThat(backend.data().dataset().manifest().payload().shape()).containsExactly(3, 64, 64);
      assertThat(training.run(lease, unwatched()).summary()).isPresent();
    }
  }

  @Test
  void networkThatCannotTakeTheSizeIsRefusedByTheDataSetsKey(SparkSession spark) {
    assertThatThrownBy(() -> SparkBackend.open(spark, files, config(28, "vggsnn")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("dataset.kind: input size of vggsnn: must be a multiple of 16; found 28");
  }

  private RunConfig config(int size, String architecture) {
    RunConfig config =
        RunConfig.load(
            new ConfigText("tiny", TINY),
            List.of(
                "run.dir=" + root.resolve("run"),
                "dataset.cache-dir=" + root.resolve("cache"),
                "network.architecture=" + architecture),
            Instant.EPOCH);
    DatasetSection dataset = config.dataset();
    return new RunConfig(
        config.recipe(),
        config.run(),
        new DatasetSection(
            new Halves(size),
            dataset.path(),
            dataset.limitTrain(),
            dataset.limitTest(),
            dataset.validationFraction(),
            dataset.cacheDir(),
            dataset.badFiles(),
            dataset.augment(),
            dataset.synthetic(),
            dataset.images(),
            dataset.recordings(),
            dataset.frames()),
        config.network(),
        config.wsDr(),
        config.train(),
        config.checkpoint(),
        config.storage(),
        config.values());
  }

  private static Training.Watch unwatched() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Training.Watch(TrainingProgress.lines(nowhere), Stop.NEVER, Throwable::toString);
  }
}
