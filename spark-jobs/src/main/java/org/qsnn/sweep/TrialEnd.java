package org.qsnn.sweep;

import java.io.Serializable;

/** How the part of a trial ended that a task was given. */
final class TrialEnd implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the driver is to make of it. */
  enum Kind {
    /** It came where it was to come. */
    DONE,
    /** It was asked to stop and left a checkpoint. */
    STOPPED,
    /** Its folder says so. */
    DIVERGED,
    FAILED
  }

  private final Kind kind;
  private final String reason;

  private TrialEnd(Kind kind, String reason) {
    this.kind = kind;
    this.reason = reason;
  }

  static TrialEnd of(Kind kind, String reason) {
    return new TrialEnd(kind, reason);
  }

  static TrialEnd of(boolean isDone) {
    return new TrialEnd(isDone ? Kind.DONE : Kind.STOPPED, "");
  }

  Kind kind() {
    return kind;
  }

  String reason() {
    return reason;
  }
}
