package org.qsnn.event;

import java.util.Arrays;

/**
 * A recording as a person can see it: 2 rows of 4 panels, left to right in time. The recording is
 * cut into eight parts of equally many events, and a panel shows the start of one, as many events
 * as a quarter of the sensor's pixels: a whole recording in one panel is a smear, since what is
 * recorded moves. Small sensors are enlarged, large ones shrunk. Colored as {@link EventColors}
 * says.
 */
public final class RecordingPicture implements EventSink {
  private static final int COLUMNS = 4;
  private static final int PANELS = 8;
  private static final int PANEL_SIZE = 320;
  private static final int GAP = 4;
  private static final int GAP_COLOR = 0x808080;

  /** A larger sensor is shrunk: several of its pixels are one of the panel. */
  private static final int MAX_PANEL_SIZE = 640;

  private final int shrink;
  private final int columns;
  private final int rows;
  private final long partEvents;
  private final long shownEvents;

  /** Of each panel and pixel, so few that a float is exact. */
  private final float[][] on;

  private final float[][] off;
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
    this.on = new float[PANELS][pixels];
    this.off = new float[PANELS][pixels];
  }

  private static int divideUp(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  @Override
  public void accept(Events block) {
    for (int i = 0; i < block.size(); i++, events++) {
      long part = events / partEvents;
      if (part < PANELS && events % partEvents < shownEvents) {
        float[][] counts = block.isOn(i) ? on : off;
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
    int[] colors = EventColors.rgb(on[panel], off[panel]);
    for (int y = 0; y < panelHeight(); y++) {
      for (int x = 0; x < panelWidth(); x++) {
        rgb[origin + y * width() + x] = colors[y / scale() * columns + x / scale()];
      }
    }
  }
}
