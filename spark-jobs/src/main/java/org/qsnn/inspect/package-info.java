/**
 * What {@code inspect}, {@code verify-run}, {@code evaluate} and {@code budget} show, for people as
 * text and for programs as JSON: a packed model, checkpoint, run, data set or recording; two runs
 * beside each other; an evaluation; chosen bits. Changes nothing, and reads through {@link
 * org.qsnn.inspect.InspectedFiles}. May import core-math, {@code json, picture, run, storage} and
 * {@code text}. Read {@link org.qsnn.inspect.Inspection} first.
 */
package org.qsnn.inspect;
