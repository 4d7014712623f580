package org.qsnn.training;

import java.util.List;
import java.util.Locale;
import org.qsnn.ConfigurationException;
import org.qsnn.config.DistillationSection;
import org.qsnn.model.FrameInput;
import org.qsnn.model.ModelDescription;
import org.qsnn.model.NetworkSpec;
import org.qsnn.model.PackedModel;
import org.qsnn.run.PackedModels;
import org.qsnn.storage.FileStore;
import org.qsnn.train.Teacher;

/**
 * Tells whether a packed model can teach a network: it is shown the same, and answers in the same
 * classes. Everything else of it may be different.
 *
 * @param network that is taught
 * @param shown what a sample of its data becomes, and the names of its classes
 */
record TeacherCheck(NetworkSpec network, ModelDescription shown) {

  /**
   * @param path of a model file, or of a run's folder
   * @throws ConfigurationException if it cannot teach this network
   * @throws org.qsnn.DataException if it is missing or damaged
   */
  Teacher read(FileStore files, String path) {
    Teacher teacher = new Teacher(path, PackedModels.bytes(files, path));
    require(teacher.model(), path);
    return teacher;
  }

  private void require(PackedModel model, String path) {
    NetworkSpec spec = model.spec();
    ModelDescription description = model.description();
    requireSame("number of classes", network.classes(), spec.classes(), path);
    if (!description.classNames().isEmpty()) {
      requireSame("classes", shown.classNames(), description.classNames(), path);
    }
    requireSame("channels, height and width of its input", input(network), input(spec), path);
    if (description.input().isEmpty()) {
      throw unlike("input", shown.inputMetadata(), "a file of version 1, which names none", path);
    }
    if (!description.input().equals(shown.input())) {
      throw unlike("input", shown.inputMetadata(), description.inputMetadata(), path);
    }
    if (shown.input().orElseThrow() instanceof FrameInput) {
      requireSame("timesteps, one a frame", network.timesteps(), spec.timesteps(), path);
    }
  }

  private static List<Integer> input(NetworkSpec spec) {
    return List.of(spec.inputChannels(), spec.inputSize(), spec.inputSize());
  }

  private static void requireSame(String what, Object expected, Object found, String path) {
    if (!expected.equals(found)) {
      throw unlike(what, expected, found, path);
    }
  }

  private static ConfigurationException unlike(
      String what, Object expected, Object found, String path) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "%s: must have the same %s as the network that it teaches, %s; found %s (%s)",
            DistillationSection.TEACHER,
            what,
            expected,
            found,
            path));
  }
}
