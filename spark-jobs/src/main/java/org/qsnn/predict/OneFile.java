package org.qsnn.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;
import org.qsnn.classify.Classifier;
import org.qsnn.classify.Prediction;
import org.qsnn.prepared.PreparedDataset;
import org.qsnn.storage.FileStore;

/** The answer for one picture or recording, without Spark. */
public final class OneFile {
  private OneFile() {}

  /**
   * A line such as {@code cup.aedat: Caneca, 0.93}; of a recording that is cut, the class with the
   * largest mean score of its windows.
   *
   * @throws ConfigurationException if there may be many answers
   * @throws DataException if it is damaged
   */
  public static String line(FileStore files, Classifier classifier, String path, Reading reading) {
    InputFiles input =
        PreparedDataset.isAt(files, path) ? null : InputFiles.at(files, path, classifier, reading);
    if (input == null || !input.isFile() || input.pieces().get(0).cifar() != null) {
      throw new ConfigurationException(
          "--to: must be given unless --in is a picture or recording; found " + path);
    }
    Piece piece = input.pieces().get(0);
    List<Sample> samples = new PieceReader(files, classifier, reading).read(piece);
    if (samples.get(0).problem() != null) {
      throw new DataException(samples.get(0).problem());
    }
    List<Prediction> predictions =
        classifier.classifyAll(samples.stream().map(Sample::payload).toList());
    List<Double> means = new ArrayList<>();
    for (int k = 0; k < classifier.classNames().size(); k++) {
      int index = k;
      means.add(
          predictions.stream().mapToDouble(p -> p.scores().get(index)).average().orElseThrow());
    }
    double largest = means.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    String windows =
        predictions.size() == 1
            ? ""
            : String.format(Locale.ROOT, ", the mean of %d windows", predictions.size());
    return String.format(
        Locale.ROOT,
        "%s: %s, %.2f%s",
        piece.id(),
        classifier.classNames().get(means.indexOf(largest)),
        largest,
        windows);
  }
}
