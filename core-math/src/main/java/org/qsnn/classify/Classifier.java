package org.qsnn.classify;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.event.Aedat2Convention;
import org.qsnn.event.EventCodec;
import org.qsnn.event.EventFormat;
import org.qsnn.event.Events;
import org.qsnn.model.ImageInput;
import org.qsnn.model.ModelInput;
import org.qsnn.model.PackedModel;
import org.qsnn.network.InferenceNetwork;
import org.qsnn.sample.PictureFile;
import org.qsnn.sample.SampleDecoder;
import org.qsnn.sample.Samples;
import org.qsnn.tensor.NativeRuntime;
import org.qsnn.tensor.Workspace;
import org.qsnn.train.InputBatch;

/**
 * A packed model that answers for pictures or recordings:
 *
 * <pre>
 *   Classifier classifier = Classifier.load(Files.newInputStream(Path.of("model.safetensors")));
 *   Prediction prediction = classifier.classify(Files.readAllBytes(Path.of("cat.png")));
 * </pre>
 *
 * <p>Any number of threads may ask one; each of them computes alone, so that it has as many
 * networks in memory as threads have asked at once. It travels as its file, into Spark's tasks for
 * example. A sample's answer is the one of {@code qsnn evaluate}, whatever it is asked together
 * with.
 */
public final class Classifier implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] file;
  private final boolean resizes;
  private transient volatile Networks networks;

  private Classifier(byte[] file, boolean resizes, Networks networks) {
    this.file = file;
    this.resizes = resizes;
    this.networks = networks;
  }

  /** What was made of the file: it is made again where the classifier has travelled to. */
  private record Networks(
      PackedModel model, SampleDecoder decoder, int batchSize, Queue<Network> idle) {}

  private record Network(InferenceNetwork network, Workspace workspace) {}

  /**
   * Reads a packed model; the stream is read to its end and stays open.
   *
   * @throws DataException if it is damaged, or does not say what it is shown (format version 1)
   */
  public static Classifier load(InputStream in) throws IOException {
    byte[] file = in.readAllBytes();
    return of(PackedModel.read(new ByteArrayInputStream(file), file.length, "model"));
  }

  /**
   * @throws DataException if the model does not say what it is shown (format version 1)
   */
  public static Classifier of(PackedModel model) {
    Networks networks = networks(model);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      model.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Classifier(out.toByteArray(), false, networks);
  }

  /** The same, which makes pictures of other sizes fit: see {@link PictureFile}. */
  public Classifier resizing() {
    return new Classifier(file, true, networks);
  }

  private static Networks networks(PackedModel model) {
    ModelInput input =
        model
            .description()
            .input()
            .orElseThrow(
                () ->
                    new DataException(
                        "model: must say what it is shown; found a file of version 1, which does not; train it again"));
    SampleDecoder decoder =
        SampleDecoder.evaluation(input, model.spec().timesteps(), model.spec().inputSize());
    if (decoder.channels() != model.spec().inputChannels()) {
      throw new DataException(
          "model: must have inputs of "
              + decoder.channels()
              + " channels, as it says; found "
              + model.spec().inputChannels());
    }
    return new Networks(
        model, decoder, InferenceNetwork.batchSize(model.spec()), new ConcurrentLinkedQueue<>());
  }

  private Networks networks() {
    Networks made = networks;
    if (made == null) {
      made = networks(packed());
      networks = made;
    }
    return made;
  }

  private PackedModel packed() {
    try {
      return PackedModel.read(new ByteArrayInputStream(file), file.length, "model");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public PackedModel model() {
    return networks().model();
  }

  /** Of the classes; the index is the label. */
  public List<String> classNames() {
    List<String> names = model().description().classNames();
    return names.isEmpty()
        ? IntStream.range(0, model().spec().classes()).mapToObj(Integer::toString).toList()
        : names;
  }

  /** Whether it is shown pictures; recordings otherwise. */
  public boolean takesPictures() {
    return model().description().input().orElseThrow() instanceof ImageInput;
  }

  /** How many samples are best asked at once. */
  public int batchSize() {
    return networks().batchSize();
  }

  /**
   * Answers for a file: PNG or JPEG; AEDAT if the model is one for recordings, 2.0 being taken for
   * a DVS128's own.
   *
   * @throws DataException if it is damaged, or a picture of another size
   */
  public Prediction classify(byte[] file) {
    return takesPictures()
        ? classifyAll(List.of(payload(file, "picture"))).get(0)
        : classify(recording(file));
  }

  /**
   * @throws DataException if it has another size
   * @throws ConfigurationException if the model is one for recordings
   */
  public Prediction classify(BufferedImage picture) {
    requirePictures(true);
    int size = networks().decoder().size();
    return classifyAll(List.of(PictureFile.planes(picture, "picture", size, resizes))).get(0);
  }

  /**
   * @throws ConfigurationException if the model is one for pictures
   */
  public Prediction classify(Events recording) {
    requirePictures(false);
    return classifyAll(List.of(EventCodec.encode(recording))).get(0);
  }

  private void requirePictures(boolean isPicture) {
    if (isPicture != takesPictures()) {
      throw new ConfigurationException(
          "the model must be asked for what it was trained on: expected "
              + (isPicture ? "recordings, found a picture" : "pictures, found a recording"));
    }
  }

  private static Events recording(byte[] file) {
    try (InputStream in = new BufferedInputStream(new ByteArrayInputStream(file))) {
      return EventFormat.of(in, "recording", Aedat2Convention.DVS128).read(in, "recording");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A PNG or JPEG file as {@link #classifyAll} takes it.
   *
   * @param name of the file, for messages
   * @throws DataException if it is damaged, or has another size
   */
  public byte[] payload(byte[] picture, String name) {
    return PictureFile.planes(picture, name, networks().decoder().size(), resizes);
  }

  /**
   * A square picture's planes {@code [3, side, side]} as {@link #classifyAll} takes them.
   *
   * @param name of the picture, for messages
   * @throws DataException if it has another size than the model's, and is not resized
   */
  public byte[] payload(byte[] planes, int side, String name) {
    return PictureFile.planes(planes, side, name, networks().decoder().size(), resizes);
  }

  /**
   * Answers for many at once, in their order.
   *
   * @param payloads as data sets store them: planes {@code [3, S, S]} of bytes, or encoded events
   * @throws DataException if one is not of that kind
   */
  public List<Prediction> classifyAll(List<byte[]> payloads) {
    Networks all = networks();
    NativeRuntime.start();
    Network network = all.idle().poll();
    if (network == null) {
      Workspace workspace = new Workspace();
      network = new Network(new InferenceNetwork(all.model(), workspace), workspace);
    }
    // One that fails is not used again: nobody knows which of its scratch is in use.
    List<Prediction> predictions = new ArrayList<>();
    for (int from = 0; from < payloads.size(); from += all.batchSize()) {
      int to = Math.min(payloads.size(), from + all.batchSize());
      predictions.addAll(answers(all, network, payloads.subList(from, to)));
    }
    all.idle().add(network);
    return predictions;
  }

  private static List<Prediction> answers(Networks all, Network network, List<byte[]> payloads) {
    int batch = payloads.size();
    int[] indices = IntStream.range(0, batch).toArray();
    Samples samples =
        new Samples(
            IntStream.range(0, batch).asLongStream().toArray(),
            new int[batch],
            payloads.toArray(byte[][]::new));
    InferenceNetwork.Answer answer =
        network
            .network()
            .answer(InputBatch.decode(all.decoder(), samples, indices, 0, 0, network.workspace()));
    int timesteps = all.model().spec().timesteps();
    List<String> names = all.model().description().classNames();
    return IntStream.of(indices)
        .mapToObj(sample -> Prediction.of(answer, batch, sample, timesteps, names))
        .toList();
  }
}
