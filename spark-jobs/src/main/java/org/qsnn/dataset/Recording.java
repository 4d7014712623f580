package org.qsnn.dataset;

import java.util.ArrayList;
import java.util.List;
import org.qsnn.storage.FileEntry;

/**
 * One file in a set: of an event camera, or a picture.
 *
 * @param name its path below the set's folder
 * @param label of all of it; −1 if the layout finds labels elsewhere
 */
record Recording(String name, Split split, int label, FileEntry file) {
  /**
   * The first of each class, then the second of each, and so on, so that the first samples of a
   * split are a fair share of it.
   *
   * @param root the set's folder
   * @param classes their files, by label
   */
  static List<Recording> inTurn(String root, Split split, List<List<FileEntry>> classes) {
    int most = classes.stream().mapToInt(List::size).max().orElse(0);
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      for (int label = 0; label < classes.size(); label++) {
        if (i < classes.get(label).size()) {
          FileEntry file = classes.get(label).get(i);
          recordings.add(
              new Recording(file.path().substring(root.length() + 1), split, label, file));
        }
      }
    }
    return recordings;
  }
}
