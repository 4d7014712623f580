package org.qsnn.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.Hashes;
import org.qsnn.inspect.ModelExamples;
import org.qsnn.model.Architectures;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.ModelInput;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.sample.SyntheticImages;
import org.qsnn.storage.FileStore;

class TeacherCheckTest {
  private static final String KEY = "train.distillation.teacher: must have the same ";

  @TempDir private Path root;
  private final FileStore files = FileStore.of(new Configuration());
  private final PackedModel model = ModelExamples.model(WeightScheme.REGULATED);
  private String path;

  @BeforeEach
  void write() throws IOException {
    path = write("twin", model);
  }

  private String write(String name, PackedModel written) throws IOException {
    return Files.write(root.resolve(name), ModelExamples.bytes(written)).toString();
  }

  @Test
  void aNetworkOfAnotherKindMayTeachOnTheSameInputAndClasses() throws IOException {
    NetworkSpec taught = Architectures.VGGSNN.spec(3, 2, 2, 16, 10, WeightScheme.PLAIN, 2);

    assertThat(new TeacherCheck(taught, model.description()).read(files, path).sha256())
        .isEqualTo(Hashes.sha256(ModelExamples.bytes(model)));
  }

  @Test
  void whatIsShownAndItsClassesMustBeTheTeachers() {
    List<String> others = model.description().classNames().stream().map(c -> "no " + c).toList();
    ModelInput counts =
        new FrameInput(
            FrameInput.Split.NUMBER, 10_000, FrameInput.Resize.AREA, FrameInput.Values.COUNTS, 1);

    assertRefused(spec(2, 2, 16, 9), model.description(), "number of classes", "9; found 10");
    assertRefused(
        spec(2, 2, 16, 10),
        new ModelDescription(model.description().input(), others, Map.of()),
        "classes",
        "[no class 0, ");
    assertRefused(
        spec(2, 2, 32, 10),
        model.description(),
        "channels, height and width of its input",
        "[2, 32, 32]; found [2, 16, 16]");
    assertRefused(spec(2, 2, 16, 10), shown(counts), "input", "values=counts}; found {clip=1.0");
    assertRefused(
        spec(2, 2, 16, 10), shown(SyntheticImages.INPUT), "input", "kind=images, mean=0.35");
    assertRefused(spec(4, 2, 16, 10), model.description(), "timesteps, one a frame", "4; found 2");
  }

  private static NetworkSpec spec(int timesteps, int channels, int size, int classes) {
    return Architectures.VGGSNN.spec(
        1, timesteps, channels, size, classes, WeightScheme.REGULATED, 8);
  }

  private ModelDescription shown(ModelInput input) {
    return new ModelDescription(Optional.of(input), model.description().classNames(), Map.of());
  }

  private void assertRefused(
      NetworkSpec network, ModelDescription shown, String what, String expectedAndFound) {
    TeacherCheck check = new TeacherCheck(network, shown);
    assertThatThrownBy(() -> check.read(files, path))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(KEY + what + " as the network that it teaches, ")
        .hasMessageContaining(expectedAndFound)
        .hasMessageEndingWith(" (" + path + ")");
  }

  @Test
  void imagesMayBeTaughtByATeacherOfOtherTimesteps() throws IOException {
    ImageInput images = SyntheticImages.INPUT;
    String ofImages =
        write(
            "images",
            new PackedModel(
                model.spec(),
                model.weights(),
                model.batchNorms(),
                model.biases(),
                model.membraneScales(),
                shown(images)));

    assertThat(new TeacherCheck(spec(4, 2, 16, 10), shown(images)).read(files, ofImages).model())
        .isNotNull();
  }

  @Test
  void aTeacherThatDoesNotSayWhatItIsShownIsRefused() throws IOException {
    String undescribed =
        write(
            "old",
            new PackedModel(
                model.spec(),
                model.weights(),
                model.batchNorms(),
                model.biases(),
                model.membraneScales(),
                ModelDescription.of(Map.of())));
    TeacherCheck check = new TeacherCheck(model.spec(), model.description());

    assertThatThrownBy(() -> check.read(files, undescribed))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("found a file of version 1, which names none (" + undescribed + ")");
  }

  @Test
  void aMissingOrDamagedTeacherIsBadData() throws IOException {
    TeacherCheck check = new TeacherCheck(model.spec(), model.description());
    byte[] damaged = ModelExamples.bytes(model);
    damaged[damaged.length / 2] ^= 1;
    String there = Files.write(root.resolve("damaged"), damaged).toString();

    assertThatThrownBy(() -> check.read(files, there))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(there);
    assertThatThrownBy(() -> check.read(files, root + "/nothing"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(root + "/nothing");
  }
}
