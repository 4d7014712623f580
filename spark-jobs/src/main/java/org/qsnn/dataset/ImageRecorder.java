package org.qsnn.dataset;

import org.qsnn.event.Events;
import org.qsnn.event.Sensor;
import org.qsnn.sample.CifarFormat;
import org.qsnn.simulate.CameraModel;
import org.qsnn.simulate.ClosedLoop;
import org.qsnn.simulate.EventCamera;
import org.qsnn.simulate.LuminanceImage;
import org.qsnn.simulate.MovingImage;

/** Moves images before a simulated event camera; the same recordings whenever it is asked. */
final class ImageRecorder {
  private static final long SEED = 1;

  private final Sensor sensor;
  private final ClosedLoop movement;
  private final EventCamera camera;

  private ImageRecorder(Sensor sensor, ClosedLoop movement) {
    this.sensor = sensor;
    this.movement = movement;
    this.camera = new EventCamera(CameraModel.typical(sensor), SEED);
  }

  /** One short loop before as many pixels as the image has. */
  static ImageRecorder ofSmallImages() {
    Sensor sensor = new Sensor(CifarFormat.SIZE, CifarFormat.SIZE);
    return new ImageRecorder(sensor, new ClosedLoop(1, 25_000, 3.0 / CifarFormat.SIZE));
  }

  /** As CIFAR10-DVS was recorded. */
  static ImageRecorder ofCifar10Dvs() {
    return new ImageRecorder(Sensor.DVS128, ClosedLoop.CIFAR10_DVS);
  }

  /**
   * @param id of the recording: its noise is a function of it
   * @param planes of an image in the layout of {@link CifarFormat}
   */
  Events record(long id, byte[] planes) {
    LuminanceImage image = LuminanceImage.ofRgbPlanes(CifarFormat.SIZE, CifarFormat.SIZE, planes);
    return camera.record(new MovingImage(image, sensor, movement), id);
  }
}
