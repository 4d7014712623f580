package org.qsnn.predict;

import java.io.Serializable;

/**
 * One sample, or why it is none.
 *
 * @param label −1 if it is not known
 * @param payload as data sets store it; null if there is a problem
 * @param problem null if there is none
 */
record Sample(String id, int label, byte[] payload, String problem) implements Serializable {
  static Sample of(String id, int label, byte[] payload) {
    return new Sample(id, label, payload, null);
  }

  static Sample broken(String id, String problem) {
    return new Sample(id, -1, null, problem);
  }
}
