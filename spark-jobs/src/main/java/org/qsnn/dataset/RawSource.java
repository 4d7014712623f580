package org.qsnn.dataset;

import java.util.List;
import java.util.function.Consumer;

/** The files of a raw data set, wherever they lie and whatever their layout, as samples. */
public interface RawSource {

  /** The index is the label; known, as is {@link #splitName}, once reading has begun. */
  List<String> classNames();

  /** Who says which files are trained on and which are tested on. */
  String splitName();

  /** Names the state of the source cheaply: another state has another text. */
  String state();

  /**
   * A note on what lies at the source and is no part of it, known once it is read; empty if there
   * is nothing.
   */
  default String passedOver() {
    return "";
  }

  /**
   * Hands over every part once, in any order; a part's content can be poured only until the
   * consumer returns.
   *
   * @return what a sample's bytes are
   * @throws org.qsnn.DataException if files are missing, unknown or damaged
   */
  PayloadFormat read(Consumer<RawPart> parts);
}
