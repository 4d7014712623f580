package org.qsnn.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.qsnn.model.ImageInput;
import org.qsnn.tensor.RandomStream;

/**
 * A data set that needs no download: ten classes of shapes and textures in random colors, sizes,
 * positions and angles, over a shaded background with clutter, under noise. Record {@code id} is a
 * pure function of (seed, id), in the layout of {@link CifarFormat#CIFAR10}. Color and brightness
 * say little about the class, so that a linear classifier on pixels fails on most images.
 */
public final class SyntheticImages {
  /** Keeps these random numbers apart from others of the same seed. */
  private static final long PURPOSE = 0x73796E746865L;

  private static final SyntheticShape[] SHAPES = SyntheticShape.values();

  /** Height and width of an image in pixels. */
  public static final int SIZE = CifarFormat.SIZE;

  /** How they are normalized. */
  public static final ImageInput INPUT =
      new ImageInput(List.of(.350, .350, .350), List.of(.174, .174, .174));

  private static final int PLANE = SIZE * SIZE;

  private SyntheticImages() {}

  /** Class names; the index is the label. */
  public static List<String> classNames() {
    return Arrays.stream(SHAPES).map(SyntheticShape::toString).toList();
  }

  /** Writes the records {@code firstId … firstId + count - 1}, one after the other. */
  public static void write(OutputStream out, long seed, long firstId, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      out.write(record(seed, firstId + i));
    }
  }

  /** One record: the label, then the planes red, green and blue. */
  public static byte[] record(long seed, long id) {
    RandomStream random = RandomStream.of(seed, PURPOSE, id);
    int label = random.nextInt(SHAPES.length);
    float[] image = new float[CifarFormat.PAYLOAD_BYTES];
    float[] background = color(random, 50, 90);
    shade(image, background, random);
    clutter(image, random);
    float[] foreground = foreground(background, random);
    Placement.draw(random).paint(image, SHAPES[label], foreground, random.nextDouble());
    return bytes(label, image, random);
  }

  private static float[] color(RandomStream random, float low, float high) {
    float[] color = new float[RgbImage.CHANNELS];
    for (int channel = 0; channel < color.length; channel++) {
      color[channel] = between(random, low, high);
    }
    return color;
  }

  private static float between(RandomStream random, float low, float high) {
    return low + (high - low) * random.nextFloat();
  }

  /** The background's color, with a slope of brightness in a random direction. */
  private static void shade(float[] image, float[] color, RandomStream random) {
    float slopeX = between(random, -1.2f, 1.2f);
    float slopeY = between(random, -1.2f, 1.2f);
    for (int i = 0; i < image.length; i++) {
      int x = i % SIZE - SIZE / 2;
      int y = i % PLANE / SIZE - SIZE / 2;
      image[i] = color[i / PLANE] + slopeX * x + slopeY * y;
    }
  }

  private static void clutter(float[] image, RandomStream random) {
    for (int spots = 1 + random.nextInt(4); spots > 0; spots--) {
      double radius = 1 + 1.5 * random.nextDouble();
      Placement.upright(random.nextInt(SIZE), random.nextInt(SIZE), radius)
          .paint(image, SyntheticShape.DISC, color(random, 40, 215), 0);
    }
  }

  /** Mostly brighter than the background; always different enough to be seen. */
  private static float[] foreground(float[] background, RandomStream random) {
    float sign = random.nextDouble() < 0.95 ? 1 : -0.6f;
    float[] foreground = color(random, 80, 140);
    for (int channel = 0; channel < foreground.length; channel++) {
      foreground[channel] = background[channel] + sign * foreground[channel];
    }
    return foreground;
  }

  private static byte[] bytes(int label, float[] image, RandomStream random) {
    float noise = between(random, 2, 8);
    byte[] record = new byte[1 + image.length];
    record[0] = (byte) label;
    for (int i = 0; i < image.length; i++) {
      float value = image[i] + noise * noise(random);
      record[1 + i] = (byte) Math.max(0, Math.min(255, value));
    }
    return record;
  }

  /** Sum of four uniform numbers: mean 0, variance 1, nearly normal, from one draw. */
  private static float noise(RandomStream random) {
    long bits = random.nextLong();
    int sum = 0;
    for (int shift = 0; shift < 64; shift += 16) {
      sum += (int) (bits >>> shift & 0xFFFF);
    }
    return (sum - 2 * 65535) * (1.7320508f / 65536);
  }

  /** Where a shape lies: its center and half its extent in pixels, and how it is turned. */
  private record Placement(double centerX, double centerY, double radius, double cos, double sin) {
    private static final double[] SUBPIXELS = {0.25, 0.75};

    static Placement upright(double centerX, double centerY, double radius) {
      return new Placement(centerX, centerY, radius, 1, 0);
    }

    /** Wholly in the image, unless it is turned; up to 15 degrees either way. */
    static Placement draw(RandomStream random) {
      double radius = 8.5 + 3.5 * random.nextDouble();
      double slack = 0.9 * (SIZE / 2.0 - radius);
      double centerX = SIZE / 2.0 + slack * (2 * random.nextDouble() - 1);
      double centerY = SIZE / 2.0 + slack * (2 * random.nextDouble() - 1);
      double angle = 0.26 * (2 * random.nextDouble() - 1);
      return new Placement(centerX, centerY, radius, StrictMath.cos(angle), StrictMath.sin(angle));
    }

    /** Blends the color in by the covered part of each pixel, in quarters. */
    void paint(float[] image, SyntheticShape shape, float[] color, double phase) {
      double reach = radius * 1.5; // a little beyond the corners of the shape's square
      for (int y = (int) Math.max(0, centerY - reach); y < Math.min(SIZE, centerY + reach); y++) {
        for (int x = (int) Math.max(0, centerX - reach); x < Math.min(SIZE, centerX + reach); x++) {
          float coverage = coverage(shape, x, y, phase);
          for (int i = y * SIZE + x; i < image.length; i += PLANE) {
            image[i] += coverage * (color[i / PLANE] - image[i]);
          }
        }
      }
    }

    private float coverage(SyntheticShape shape, int x, int y, double phase) {
      float coverage = 0;
      for (double subY : SUBPIXELS) {
        for (double subX : SUBPIXELS) {
          double right = (x + subX - centerX) / radius;
          double down = (y + subY - centerY) / radius;
          double u = cos * right + sin * down;
          double v = cos * down - sin * right;
          coverage += shape.contains(u, v, phase) ? 0.25f : 0;
        }
      }
      return coverage;
    }
  }
}
