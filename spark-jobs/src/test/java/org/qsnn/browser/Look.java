package org.qsnn.browser;

/** How somebody sees a page: on a desk or on a telephone, in light or in dark colours. */
public enum Look {
  WIDE_LIGHT(1280, 900, "light"),
  WIDE_DARK(1280, 900, "dark"),
  NARROW_LIGHT(390, 844, "light"),
  NARROW_DARK(390, 844, "dark");

  final int width;
  final int height;
  final String colors;

  Look(int width, int height, String colors) {
    this.width = width;
    this.height = height;
    this.colors = colors;
  }
}
