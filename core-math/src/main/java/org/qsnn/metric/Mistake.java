package org.qsnn.metric;

import java.io.Serializable;
import org.qsnn.sample.Picture;

/**
 * A sample that was taken for something else.
 *
 * @param id in its data set
 */
public record Mistake(long id, int label, int prediction, Picture picture)
    implements Serializable {}
