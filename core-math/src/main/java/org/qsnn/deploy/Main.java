package org.qsnn.deploy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.QsnnException;
import org.qsnn.model.PackedModel;

/**
 * The command of the runner's own jar: {@code java -jar runner.jar MODEL [INPUT]} prints the class
 * of one sample and the scores of all. Exit codes are those of {@code qsnn}.
 */
public final class Main {
  private static final String USAGE =
      "usage: java -jar runner.jar MODEL [INPUT]; INPUT, or else stdin, holds an image as planes of"
          + " red, green and blue bytes, or frames as 16-bit little-endian numbers in the model's units";

  private Main() {}

  public static void main(String[] arguments) {
    int exitCode = run(arguments, System.in, System.out, System.err);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** As {@link #main}; returns the exit code. */
  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    if (arguments.length < 1 || arguments.length > 2) {
      err.println(USAGE);
      return 2;
    }
    if (!Vectors.ARE_USED) {
      new WarmUp().start();
    }
    try {
      byte[] file = read(arguments[0]);
      PackedModel model =
          PackedModel.read(new ByteArrayInputStream(file), file.length, arguments[0]);
      IntegerRunner runner = new IntegerRunner(IntegerNetwork.compile(model));
      byte[] sample = arguments.length == 2 ? read(arguments[1]) : in.readAllBytes();
      answer(runner, sample, out);
      return 0;
    } catch (QsnnException e) {
      err.println("qsnn: " + e.getMessage());
      return e.exitCode();
    } catch (IOException e) {
      err.println("qsnn: " + e.getMessage());
      return 3;
    }
  }

  private static byte[] read(String path) throws IOException {
    // Buffered: a plain one asks for its place in the file, which a pipe has not.
    try (InputStream in = new BufferedInputStream(new FileInputStream(path))) {
      return in.readAllBytes();
    }
  }

  private static void answer(IntegerRunner runner, byte[] sample, PrintStream out) {
    IntegerNetwork network = runner.network();
    long[] scores = runner.scores(numbers(network, sample), runner.arena());
    List<String> names = network.classNames();
    int predicted = IntegerReadout.prediction(scores);
    out.println(
        names.isEmpty() ? String.valueOf(predicted) : predicted + " " + names.get(predicted));
    for (int k = 0; k < scores.length; k++) {
      out.println(k + " " + scores[k] + " " + (float) (scores[k] * network.readout().unit()));
    }
  }

  private static short[] numbers(IntegerNetwork network, byte[] sample) {
    IntegerInput input = network.input();
    int expected = input.frameLength() * (input.isSteady() ? 1 : Short.BYTES * network.timesteps());
    if (sample.length != expected) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "sample: expected %d bytes (%d × %d × %d), found %d",
              expected,
              input.channels(),
              input.size(),
              input.size(),
              sample.length));
    }
    if (input.isSteady()) {
      return input.ofImage(sample);
    }
    short[] numbers = new short[sample.length / Short.BYTES];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (short) ((sample[2 * i] & 0xFF) | (sample[2 * i + 1] << 8));
    }
    return numbers;
  }
}
