package org.qsnn.run;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.qsnn.storage.Lease;

/** The names in a run directory, relative to it. */
public final class RunDirectory {
  /** The effective configuration (HOCON). */
  public static final String CONFIGURATION = "run.conf";

  /** What the run was computed with by its first driver. */
  public static final String FINGERPRINT = "fingerprint.json";

  /** How the run ended; written last, so a directory that holds it holds a finished run. */
  public static final String SUMMARY = "summary.json";

  /** Some of the test samples that were taken for something else, one a line. */
  public static final String MISTAKES = "mistakes.json";

  /** What the packed model of a finished run takes, counted on the test set. */
  public static final String NEUROBENCH = "neurobench.json";

  /** Why it diverged, or failed as a trial of a sweep; of those only that did. */
  public static final String ENDED = "ended.json";

  /** What the driver logged. */
  public static final String LOG = "run.log";

  /** Folder of one file an epoch. */
  public static final String METRICS = "metrics";

  /** Folder of training states. */
  public static final String CHECKPOINTS = "checkpoints";

  /** Folder of the packed model. */
  public static final String MODEL = "model";

  /** What a person should know of the packed model. */
  public static final String MODEL_CARD = MODEL + "/README.md";

  /** Folder that says which driver writes here. */
  public static final String LEASE = Lease.FOLDER;

  /** Ending of checkpoints and models. */
  public static final String TENSORS = ".safetensors";

  private RunDirectory() {}

  /** The metrics file of an epoch, counted from 0. */
  public static String metrics(int epoch) {
    return String.format(Locale.ROOT, "%s/epoch-%06d.json", METRICS, epoch);
  }

  /** What the run was computed with after so many others; 0 is {@link #FINGERPRINT}. */
  static String fingerprint(int others) {
    return others == 0
        ? FINGERPRINT
        : String.format(Locale.ROOT, "fingerprint-%04d.json", others + 1);
  }

  /** The fingerprints among the names in a run directory, in the order of their writing. */
  public static List<String> fingerprints(Collection<String> names) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(RunDirectory::fingerprint)
        .takeWhile(names::contains)
        .toList();
  }
}
