package org.qsnn.event;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A recording as a person can see it: 2 rows of 4 panels, left to right in time. The recording is
 * cut into eight parts of equally many events, and a panel shows the start of one, as many events
 * as a quarter of the sensor's pixels: a whole recording in one panel is a smear, since what is
 * recorded moves. Small sensors are enlarged, large ones shrunk. ON is blue, OFF is red, both
 * violet, none white.
 */
public final class RecordingPicture implements EventSink {
  private static final int COLUMNS = 4;
  private static final int PANELS = 8;
  private static final int PANEL_SIZE = 320;
  private static final int GAP = 4;
  private static final int GAP_COLOR = 0x808080;
  private static final int ON_COLOR = 0x1E64DC;
  private static final int OFF_COLOR = 0xD23C28;

  /** A larger sensor is shrunk: several of its pixels are one of the panel. */
  private static final int MAX_PANEL_SIZE = 640;

  /** The brightest pixels, in percent, all look the same: a hot pixel hides nothing. */
  private static final int SATURATED_PERCENT = 5;

  private final int shrink;
  private final int columns;
  private final int rows;
  private final long partEvents;
  private final long shownEvents;
  private final int[][] on;
  private final int[][] off;
  private long events;

  /**
   * @param summary of the recording, which is then read once more into this sink
   */
  public RecordingPicture(RecordingSummary summary) {
    Sensor sensor = summary.sensor();
    this.shrink = divideUp(Math.max(sensor.width(), sensor.height()), MAX_PANEL_SIZE);
    this.columns = divideUp(sensor.width(), shrink);
    this.rows = divideUp(sensor.height(), shrink);
    int pixels = columns * rows;
    this.partEvents = Math.max(1, summary.events() / PANELS);
    this.shownEvents = Math.min(partEvents, Math.max(1, pixels / 4));
    this.on = new int[PANELS][pixels];
    this.off = new int[PANELS][pixels];
  }

  private static int divideUp(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  @Override
  public void accept(Events block) {
    for (int i = 0; i < block.size(); i++, events++) {
      long part = events / partEvents;
      if (part < PANELS && events % partEvents < shownEvents) {
        int[][] counts = block.isOn(i) ? on : off;
        counts[(int) part][block.y(i) / shrink * columns + block.x(i) / shrink]++;
      }
    }
  }

  /** Width of the picture in its own pixels. */
  public int width() {
    return COLUMNS * (panelWidth() + GAP) - GAP;
  }

  /** Height of the picture in its own pixels. */
  public int height() {
    return PANELS / COLUMNS * (panelHeight() + GAP) - GAP;
  }

  private int panelWidth() {
    return columns * scale();
  }

  private int panelHeight() {
    return rows * scale();
  }

  private int scale() {
    return Math.max(1, PANEL_SIZE / Math.max(columns, rows));
  }

  /** The picture, row by row: red, green and blue in the lower 24 bits. */
  public int[] rgb() {
    int[] rgb = new int[width() * height()];
    Arrays.fill(rgb, GAP_COLOR);
    for (int panel = 0; panel < PANELS; panel++) {
      int left = panel % COLUMNS * (panelWidth() + GAP);
      int top = panel / COLUMNS * (panelHeight() + GAP);
      draw(panel, rgb, top * width() + left);
    }
    return rgb;
  }

  private void draw(int panel, int[] rgb, int origin) {
    double full = fullCount(panel);
    for (int y = 0; y < panelHeight(); y++) {
      for (int x = 0; x < panelWidth(); x++) {
        int pixel = y / scale() * columns + x / scale();
        rgb[origin + y * width() + x] = color(on[panel][pixel] / full, off[panel][pixel] / full);
      }
    }
  }

  /** The number of events of a pixel that gives the full color. */
  private double fullCount(int panel) {
    int[] counts =
        IntStream.range(0, on[panel].length)
            .map(pixel -> on[panel][pixel] + off[panel][pixel])
            .filter(count -> count > 0)
            .sorted()
            .toArray();
    return counts.length == 0 ? 1 : counts[counts.length * (100 - SATURATED_PERCENT) / 100];
  }

  private static int color(double on, double off) {
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double ink =
          Math.min(1, on) * ink(ON_COLOR, shift) + Math.min(1, off) * ink(OFF_COLOR, shift);
      color |= (int) Math.max(0, 255 - ink) << shift;
    }
    return color;
  }

  /** What a color takes away from white. */
  private static int ink(int color, int shift) {
    return 255 - (color >> shift & 0xFF);
  }
}
