package org.qsnn.classify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;
import org.qsnn.model.Architectures;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.ModelInput;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.model.WeightScheme;
import org.qsnn.network.ModelPacker;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterInitializer;
import org.qsnn.parameter.Parameters;
import org.qsnn.quantize.WeightQuantizer;
import org.qsnn.tensor.RandomStream;

class ClassifierTest {
  private static final int SIZE = 16;
  private static final ImageInput IMAGES =
      new ImageInput(List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));

  private static Classifier pictures;

  @BeforeAll
  static void make() {
    pictures =
        Classifier.of(
            model(
                Architectures.RESNET19.spec(4, 3, 3, SIZE, 3, WeightScheme.REGULATED, 8),
                Optional.of(IMAGES)));
  }

  private static PackedModel model(NetworkSpec spec, Optional<ModelInput> input) {
    NetworkLayout layout = NetworkLayout.of(spec);
    Parameters latent = ParameterInitializer.parameters(layout, 3);
    float[] statistics = new float[layout.statistics().size()];
    Arrays.fill(statistics, 0.5f);
    return ModelPacker.pack(
        layout,
        new WeightQuantizer(layout).quantize(latent),
        latent,
        new Parameters(layout.statistics(), statistics),
        new ModelDescription(input, List.of("cup", "key", "pen"), Map.of()));
  }

  private static BufferedImage picture(int width, int height, int number, int type) {
    BufferedImage picture = new BufferedImage(width, height, type);
    RandomStream random = RandomStream.of(1, number);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, 0xFF000000 | random.nextInt(1 << 24));
    }
    return picture;
  }

  private static byte[] file(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] png(int number) throws IOException {
    return file(picture(SIZE, SIZE, number, BufferedImage.TYPE_INT_RGB), "png");
  }

  @Test
  void aPictureAndItsFileHaveOneAnswer() throws IOException {
    BufferedImage picture = picture(SIZE, SIZE, 1, BufferedImage.TYPE_INT_RGB);

    assertThat(pictures.classify(file(picture, "png"))).isEqualTo(pictures.classify(picture));
    assertThat(pictures.classify(picture).scores()).hasSize(3);
    assertThat(pictures.classify(file(picture, "jpeg")).scores()).hasSize(3);
  }

  @Test
  void anAnswerDoesNotDependOnWhatIsAskedTogether() throws IOException {
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 2 * pictures.batchSize() + 3; i++) {
      payloads.add(pictures.payload(png(i), "p"));
    }

    List<Prediction> together = pictures.classifyAll(payloads);

    assertThat(together).hasSameSizeAs(payloads);
    for (int i = 0; i < payloads.size(); i += 17) {
      assertThat(pictures.classify(png(i))).isEqualTo(together.get(i));
    }
  }

  @Test
  void anyNumberOfThreadsMayAsk() throws Exception {
    List<Prediction> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      expected.add(pictures.classify(png(i)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Prediction>> asked = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        byte[] file = png(i % 8);
        asked.add(threads.submit(() -> pictures.classify(file)));
      }
      for (int i = 0; i < 64; i++) {
        assertThat(asked.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(expected.get(i % 8));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void answersTheSameWhereItHasTravelledTo() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(pictures);
    }
    try (ObjectInputStream objects =
        new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      Classifier arrived = (Classifier) objects.readObject();
      assertThat(arrived.classify(png(1))).isEqualTo(pictures.classify(png(1)));
    }
  }

  @Test
  void isLoadedFromAModelsBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pictures.model().write(out);
    Classifier loaded = Classifier.load(new ByteArrayInputStream(out.toByteArray()));
    assertThat(loaded.classify(png(2))).isEqualTo(pictures.classify(png(2)));
    assertThat(loaded.classNames()).containsExactly("cup", "key", "pen");
  }

  @Test
  void aPictureOfAnotherSizeIsRefusedUnlessItIsToBeResized() throws IOException {
    byte[] wide = file(picture(24, 20, 1, BufferedImage.TYPE_INT_RGB), "png");

    assertThatThrownBy(() -> pictures.classify(wide))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "picture: must have the model's 16 × 16 pixels, or be resized (--resize); found 24 × 20");
    assertThat(pictures.resizing().classify(wide).scores()).hasSize(3);
  }

  @Test
  void damagedPicturesAreRefused() throws IOException {
    byte[] png = png(1);
    byte[] flipped = png.clone();
    flipped[png.length / 2] ^= 4;
    byte[] jpeg = file(picture(SIZE, SIZE, 1, BufferedImage.TYPE_INT_RGB), "jpeg");
    for (byte[] damaged :
        List.of(
            Arrays.copyOf(png, png.length / 2),
            Arrays.copyOf(png, png.length - 12),
            flipped,
            Arrays.copyOf(jpeg, jpeg.length / 2),
            new byte[0],
            "no picture".getBytes(US_ASCII))) {
      assertThatThrownBy(() -> pictures.payload(damaged, "a.png"))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("a.png: ");
    }
  }

  @Test
  void grayPicturesKeepTheirValues() throws IOException {
    BufferedImage gray = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIZE * SIZE; i++) {
      gray.getRaster().setSample(i % SIZE, i / SIZE, 0, i);
    }
    byte[] planes = pictures.payload(file(gray, "png"), "gray");
    for (int i = 0; i < planes.length; i++) {
      assertThat(planes[i]).isEqualTo((byte) i);
    }
  }

  @Test
  void recordingsAreAnsweredForByAModelOfRecordings() {
    FrameInput frames =
        new FrameInput(
            FrameInput.Split.NUMBER, 1, FrameInput.Resize.NEAREST, FrameInput.Values.COUNTS, 1);
    Classifier recordings =
        Classifier.of(
            model(
                Architectures.VGGSNN.spec(2, 3, 2, SIZE, 3, WeightScheme.REGULATED, 2),
                Optional.of(frames)));
    Events events = events();

    assertThat(recordings.classify(events).scores()).hasSize(3);
    assertThat(recordings.classify(events)).isEqualTo(recordings.classify(events));
    assertThatThrownBy(
            () -> recordings.classify(picture(SIZE, SIZE, 1, BufferedImage.TYPE_INT_RGB)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected recordings, found a picture");
    assertThatThrownBy(() -> pictures.classify(events))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("expected pictures, found a recording");
  }

  private static Events events() {
    EventsBuilder events = Events.builder(new Sensor(SIZE, SIZE));
    for (int i = 0; i < 60; i++) {
      events.append(10L * i, i % SIZE, i / 4, i % 3 == 0);
    }
    return events.build();
  }

  @Test
  void aModelThatDoesNotSayWhatItIsShownIsRefused() {
    PackedModel model = pictures.model();
    PackedModel silent =
        new PackedModel(
            model.spec(),
            model.weights(),
            model.batchNorms(),
            model.biases(),
            model.membraneScales(),
            ModelDescription.of(Map.of()));
    assertThatThrownBy(() -> Classifier.of(silent))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must say what it is shown");
  }
}
