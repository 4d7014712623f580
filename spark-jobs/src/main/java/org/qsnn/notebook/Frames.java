package org.qsnn.notebook;

/**
 * A sample of an event camera as a network is shown it, one frame a timestep.
 *
 * @param label name of its class
 * @param timesteps number of frames
 * @param size height and width in pixels
 * @param values {@code [timesteps, 2, size, size]}: OFF, then ON events
 */
public record Frames(String label, int timesteps, int size, float[] values) {
  static final int CHANNELS = 2;
}
