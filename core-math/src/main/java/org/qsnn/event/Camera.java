package org.qsnn.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Cameras that recordings name, and their sensors. */
enum Camera {
  DVS128(Sensor.DVS128, "DVS128", "Tmpdiff128"),
  DAVIS128(Sensor.DVS128, "DAVIS128"),
  DAVIS208(new Sensor(208, 192), "DAVIS208"),
  DAVIS240(new Sensor(240, 180), "DAVIS240", "SBRet10", "SBRet20"),
  DAVIS346(new Sensor(346, 260), "DAVIS346"),
  DAVIS640(new Sensor(640, 480), "DAVIS640", "DAVISHet640", "DAVISRGB"),
  DVS640(new Sensor(640, 480), "DVS640"),
  DVS132S(new Sensor(132, 104), "DVS132S"),
  DVXPLORER_LITE(new Sensor(320, 240), "DVXplorer Lite", "DVXplorer_Lite", "DVXplorerLite"),
  DVXPLORER(new Sensor(640, 480), "DVXplorer", "SamsungEVK");

  /** From small to large: what a recording is taken for that names no camera. */
  private static final List<Sensor> COMMON =
      List.of(
          DVS128.sensor,
          DAVIS240.sensor,
          DVXPLORER_LITE.sensor,
          DAVIS346.sensor,
          DVXPLORER.sensor,
          new Sensor(1280, 720));

  private final Sensor sensor;
  private final List<String> names;

  Camera(Sensor sensor, String... names) {
    this.sensor = sensor;
    this.names = Arrays.stream(names).map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  Sensor sensor() {
    return sensor;
  }

  /** The camera whose name a text contains. */
  static Optional<Camera> namedIn(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(camera -> camera.names.stream().anyMatch(lower::contains))
        .findFirst();
  }

  /** The smallest sensor of a common camera that has a pixel, or one that ends with it. */
  static Sensor smallestWith(int x, int y) {
    return COMMON.stream()
        .filter(sensor -> sensor.contains(x, y))
        .findFirst()
        .orElseGet(() -> new Sensor(x + 1, y + 1));
  }
}
