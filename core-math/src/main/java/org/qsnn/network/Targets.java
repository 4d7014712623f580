package org.qsnn.network;

/** What a network's answers to a batch are drawn to: labels, and a teacher's logits. */
public final class Targets {
  private final int[] labels;
  private final double[] teacherLogits;

  private Targets(int[] labels, double[] teacherLogits) {
    this.labels = labels;
    this.teacherLogits = teacherLogits;
  }

  /**
   * Without a teacher.
   *
   * @param labels one a sample
   */
  public static Targets of(int[] labels) {
    return new Targets(labels, new double[0]);
  }

  /**
   * @param labels one a sample
   * @param logits {@code [T, B, classes]} of a teacher, of whose timesteps the mean counts
   * @param timesteps of the teacher
   */
  public static Targets taught(int[] labels, float[] logits, int timesteps) {
    double[] means = new double[logits.length / timesteps];
    for (int i = 0; i < logits.length; i++) {
      means[i % means.length] += logits[i];
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= timesteps;
    }
    return new Targets(labels, means);
  }

  int samples() {
    return labels.length;
  }

  int label(int sample) {
    return labels[sample];
  }

  /**
   * The teacher's mean logit.
   *
   * @param index into {@code [B, classes]}
   */
  double teacherLogit(int index) {
    if (teacherLogits.length == 0) {
      throw new IllegalArgumentException(
          "targets of a loss with a teacher: must have its logits; found labels alone");
    }
    return teacherLogits[index];
  }
}
