package org.qsnn.dataset;

import org.qsnn.event.Events;
import org.qsnn.event.Sensor;
import org.qsnn.simulate.CameraModel;
import org.qsnn.simulate.ClosedLoop;
import org.qsnn.simulate.EventCamera;
import org.qsnn.simulate.LuminanceImage;
import org.qsnn.simulate.MovingImage;

/** Moves images before a simulated event camera; the same recordings whenever it is asked. */
final class ImageRecorder {
  private static final long SEED = 1;

  private final int size;
  private final Sensor sensor;
  private final ClosedLoop movement;
  private final EventCamera camera;

  private ImageRecorder(int size, Sensor sensor, ClosedLoop movement) {
    this.size = size;
    this.sensor = sensor;
    this.movement = movement;
    this.camera = new EventCamera(CameraModel.typical(sensor), SEED);
  }

  /**
   * One short loop before as many pixels as the image has.
   *
   * @param size height and width of an image in pixels
   */
  static ImageRecorder ofSmallImages(int size) {
    Sensor sensor = new Sensor(size, size);
    return new ImageRecorder(size, sensor, new ClosedLoop(1, 25_000, 3.0 / size));
  }

  /**
   * As CIFAR10-DVS was recorded.
   *
   * @param size height and width of an image in pixels
   */
  static ImageRecorder ofCifar10Dvs(int size) {
    return new ImageRecorder(size, Sensor.DVS128, ClosedLoop.CIFAR10_DVS);
  }

  /**
   * @param id of the recording: its noise is a function of it
   * @param planes red, green and blue of an image, row major, a byte a value
   */
  Events record(long id, byte[] planes) {
    LuminanceImage image = LuminanceImage.ofRgbPlanes(size, size, planes);
    return camera.record(new MovingImage(image, sensor, movement), id);
  }
}
