package org.qsnn.event;

/**
 * Holds the events of a recording that does not say how large its sensor is, until all of them are
 * known.
 */
final class SensorSearch implements EventSink {
  /** All that coordinates can be. */
  static final Sensor ANY = new Sensor(Sensor.MAX_SIZE, Sensor.MAX_SIZE);

  private final RecordingCollector collector;
  private int maxX;
  private int maxY;

  SensorSearch(RecordingInput in) {
    this.collector = new RecordingCollector(in.file());
  }

  @Override
  public void accept(Events block) {
    for (int i = 0; i < block.size(); i++) {
      maxX = Math.max(maxX, block.x(i));
      maxY = Math.max(maxY, block.y(i));
    }
    collector.accept(block);
  }

  /** Hands the recording on. */
  void handOn(EventSink sink) {
    Sensor sensor = Camera.smallestWith(maxX, maxY);
    collector.blocks().forEach(block -> sink.accept(block.on(sensor)));
    sink.guessedSensor();
  }
}
