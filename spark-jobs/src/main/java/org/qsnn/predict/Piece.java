package org.qsnn.predict;

import java.io.Serializable;
import org.qsnn.sample.CifarFormat;

/**
 * A part of the input that is read at once: a picture, a recording, or records of a CIFAR file.
 *
 * @param id of its sample; records and windows add their number
 * @param label that its place says; −1 if it says none
 * @param cifar the layout, null for a picture or a recording
 * @param first record of a CIFAR file
 * @param records of a CIFAR file, the last of which may be incomplete; 1 for other pieces
 */
record Piece(String path, String id, int label, CifarFormat cifar, long first, int records)
    implements Serializable {
  /** Of a CIFAR file that make a piece. */
  static final int MOST_RECORDS = 500;
}
