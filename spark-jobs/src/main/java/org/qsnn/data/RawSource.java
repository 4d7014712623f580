package org.qsnn.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.qsnn.storage.FileStore;

/** Binary files in the official layout, wherever they lie. */
interface RawSource {

  /**
   * All files of the set: training before test, each in official order.
   *
   * @throws org.qsnn.DataException if files are missing, unknown or of the wrong length
   */
  List<RawPart> parts();

  /** Reads every part once, in any order. */
  void read(List<RawPart> parts, Visitor visitor);

  /** Names the state of the source cheaply: another state has another text. */
  String state();

  /** Takes one part's bytes; does not close the stream. */
  interface Visitor {
    /**
     * @param where the file for messages
     */
    void visit(RawPart part, String where, InputStream in) throws IOException;
  }

  static RawSource open(FileStore files, DatasetSource source) {
    if (source instanceof DatasetSource.Cifar cifar) {
      return RawSources.find(files, cifar);
    }
    return new SyntheticSource((DatasetSource.Synthetic) source);
  }
}
