package org.qsnn.event;

import java.util.Optional;

/**
 * What the address of an event in an AEDAT 2.0 file means.
 *
 * <p>The DVS128 writes its polarity into bit 0 (1 is OFF), its x into bits 1 … 7 and its y into
 * bits 8 … 14; bit 15 marks the signals of its input. A DAVIS writes its polarity into bit 11 (1 is
 * ON), its x into bits 12 … 21 and its y into bits 22 … 30; bit 10 marks the signals of its input,
 * bit 31 samples of its frames (APS) and of its inertial sensor (IMU). The DVS640, as jAER has it
 * and v2e writes it, has its polarity in bit 0 (1 is ON), its x in bits 1 … 10 and its y in bits 11
 * … 20. All count from the corner that is at the bottom right of the picture.
 */
public enum Aedat2Convention {
  /** x and y as the DVS128 counts them. */
  DVS128(Camera.DVS128) {
    @Override
    int x(int address) {
      return rawX(address);
    }

    @Override
    int y(int address) {
      return rawY(address);
    }

    @Override
    int address(int x, int y, boolean on) {
      return raw(x, y, on);
    }
  },

  /** Upright, as jAER shows it: x = 127 − raw x, y = 127 − raw y. */
  DVS128_UPRIGHT(Camera.DVS128) {
    @Override
    int x(int address) {
      return LAST - rawX(address);
    }

    @Override
    int y(int address) {
      return LAST - rawY(address);
    }

    @Override
    int address(int x, int y, boolean on) {
      return raw(LAST - x, LAST - y, on);
    }
  },

  /** As the published readers of CIFAR10-DVS turn the picture: x = 127 − raw y, y = 127 − raw x. */
  CIFAR10_DVS(Camera.DVS128) {
    @Override
    int x(int address) {
      return LAST - rawY(address);
    }

    @Override
    int y(int address) {
      return LAST - rawX(address);
    }

    @Override
    int address(int x, int y, boolean on) {
      return raw(LAST - y, LAST - x, on);
    }
  },

  /** Upright, as jAER shows it: x = 239 − raw x, y = 179 − raw y. */
  DAVIS240(Camera.DAVIS240),

  /** Upright, as jAER shows it: x = 345 − raw x, y = 259 − raw y. */
  DAVIS346(Camera.DAVIS346),

  /** Upright, as jAER shows it: x = 639 − raw x, y = 479 − raw y. */
  DAVIS640(Camera.DAVIS640),

  /** Upright, as jAER shows it: x = 639 − raw x, y = 479 − raw y. */
  DVS640(Camera.DVS640) {
    @Override
    int x(int address) {
      return sensor().width() - 1 - (address >> 1 & DVS640_COORDINATE);
    }

    @Override
    int y(int address) {
      return sensor().height() - 1 - (address >> 11 & DVS640_COORDINATE);
    }

    @Override
    int address(int x, int y, boolean on) {
      return (sensor().height() - 1 - y) << 11 | (sensor().width() - 1 - x) << 1 | (on ? 1 : 0);
    }

    @Override
    boolean isOn(int address) {
      return (address & 1) == 1;
    }

    @Override
    int bits() {
      return 21;
    }

    @Override
    String other(int address) {
      return "";
    }
  };

  /** What a record is that is no event of a pixel. */
  static final String EXTERNAL = "external events";

  static final String APS = "APS samples";
  static final String IMU = "IMU samples";

  private static final int DVS640_COORDINATE = 0x3FF;
  private static final int DVS128_EXTERNAL = 1 << 15;
  private static final int LAST = 127;

  private static final int DAVIS_SAMPLE = 1 << 31;
  private static final int DAVIS_IMU = 3 << 10;
  private static final int DAVIS_EXTERNAL = 1 << 10;
  private static final int DAVIS_ON = 1 << 11;

  private final Camera camera;

  Aedat2Convention(Camera camera) {
    this.camera = camera;
  }

  /** The only one that a camera has, if it has but one. */
  static Optional<Aedat2Convention> of(Camera camera) {
    return switch (camera) {
      case DAVIS240 -> Optional.of(DAVIS240);
      case DAVIS346 -> Optional.of(DAVIS346);
      case DAVIS640 -> Optional.of(DAVIS640);
      case DVS640 -> Optional.of(DVS640);
      default -> Optional.empty();
    };
  }

  Camera camera() {
    return camera;
  }

  Sensor sensor() {
    return camera.sensor();
  }

  /** May lie outside of the sensor where a DAVIS's address does. */
  int x(int address) {
    return sensor().width() - 1 - (address >> 12 & 0x3FF);
  }

  /** May lie outside of the sensor where a DAVIS's address does. */
  int y(int address) {
    return sensor().height() - 1 - (address >> 22 & 0x1FF);
  }

  /** The inverse: the address of a pixel's event. */
  int address(int x, int y, boolean on) {
    return (sensor().height() - 1 - y) << 22
        | (sensor().width() - 1 - x) << 12
        | (on ? DAVIS_ON : 0);
  }

  boolean isOn(int address) {
    return camera == Camera.DVS128 ? (address & 1) == 0 : (address & DAVIS_ON) != 0;
  }

  /** Of an address: those above are 0. */
  int bits() {
    return camera == Camera.DVS128 ? 16 : Integer.SIZE;
  }

  /** Whether the camera has such an address at all. */
  boolean has(int address) {
    return bits() == Integer.SIZE || address >>> bits() == 0;
  }

  /** What an address means that is no pixel's; empty for those of pixels. */
  String other(int address) {
    if (camera == Camera.DVS128) {
      return (address & DVS128_EXTERNAL) != 0 ? EXTERNAL : "";
    }
    if ((address & DAVIS_SAMPLE) != 0) {
      return (address & DAVIS_IMU) == DAVIS_IMU ? IMU : APS;
    }
    return (address & DAVIS_EXTERNAL) != 0 ? EXTERNAL : "";
  }

  private static int rawX(int address) {
    return address >> 1 & LAST;
  }

  private static int rawY(int address) {
    return address >> 8 & LAST;
  }

  private static int raw(int x, int y, boolean on) {
    return y << 8 | x << 1 | (on ? 0 : 1);
  }
}
