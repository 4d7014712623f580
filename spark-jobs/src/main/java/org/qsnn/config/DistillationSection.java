package org.qsnn.config;

import java.util.Optional;
import org.qsnn.network.Distillation;

/**
 * {@code train.distillation.*}
 *
 * @param teacher file of a packed model, or folder of a run with one; empty if there is none
 * @param weight and {@code temperature}: of the teacher in the loss, without effect if there is
 *     none
 */
public record DistillationSection(Optional<String> teacher, double weight, double temperature) {
  public static final String TEACHER = "train.distillation.teacher";

  static DistillationSection from(Settings settings) {
    return new DistillationSection(
        settings.text(TEACHER),
        settings.number("train.distillation.weight", "a number from 0 to 1", x -> x >= 0 && x <= 1),
        settings.number(
            "train.distillation.temperature",
            "a number from 0.1 to 100",
            x -> x >= 0.1 && x <= 100));
  }

  Distillation terms() {
    return teacher.isPresent() ? new Distillation(weight, temperature) : Distillation.OFF;
  }
}
