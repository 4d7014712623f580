package org.qsnn.source;

import java.util.List;

/**
 * How a sample's bytes are to be read.
 *
 * @param encoding rgb-planar-uint8: the planes red, green, blue, row major, a byte a value
 * @param shape channels, height, width
 */
public record Payload(String encoding, List<Integer> shape) {}
