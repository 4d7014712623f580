package org.qsnn.event;

/**
 * What the address of an event in an AEDAT 2.0 file means. The DVS128 writes its polarity into bit
 * 0 (1 is OFF), its x into bits 1 … 7 and its y into bits 8 … 14.
 */
public enum Aedat2Convention {
  /** x and y as the camera counts them. */
  DVS128 {
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

  /** As the published readers of CIFAR10-DVS turn the picture: x = 127 − raw y, y = 127 − raw x. */
  CIFAR10_DVS {
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
  };

  /** All bits that an address has. */
  static final int ADDRESS_MASK = 0x7FFF;

  private static final int LAST = 127;

  abstract int x(int address);

  abstract int y(int address);

  /** The inverse: the address of a pixel's event. */
  abstract int address(int x, int y, boolean on);

  static boolean isOn(int address) {
    return (address & 1) == 0;
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
