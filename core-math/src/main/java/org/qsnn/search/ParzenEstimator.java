package org.qsnn.search;

import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.math3.special.Erf;
import org.qsnn.tensor.RandomStream;

/**
 * A density over the unit cube: a mixture of one component around each of some points, and a wide
 * one over the whole cube. A component is a product over the dimensions: a normal distribution that
 * is cut at the ends of the interval, or, for values without order, one in which the point's own
 * value is more likely than the others.
 */
final class ParzenEstimator {
  private static final double WIDTH = 0.2;

  private final Space space;
  private final double[][] centers;
  private final double width;

  ParzenEstimator(Space space, List<Point> points) {
    this.space = space;
    this.centers = points.stream().map(space::place).toArray(double[][]::new);
    // Scott's rule: the more points, and the fewer dimensions, the narrower.
    double exponent = -1.0 / (space.dimensions().size() + 4);
    this.width = WIDTH * StrictMath.pow(Math.max(1, centers.length), exponent);
  }

  Point draw(RandomStream random) {
    int component = random.nextInt(centers.length + 1);
    double[] place = new double[space.dimensions().size()];
    for (int d = 0; d < place.length; d++) {
      place[d] =
          component == centers.length
              ? random.nextDouble()
              : near(space.dimensions().get(d), centers[component][d], random);
    }
    return space.at(place);
  }

  private double near(Dimension dimension, double center, RandomStream random) {
    if (!dimension.isOrdered()) {
      return random.nextBoolean() ? center : random.nextDouble();
    }
    double place;
    do {
      place = center + width * random.nextGaussian();
    } while (place < 0 || place >= 1);
    return place;
  }

  double logDensity(Point point) {
    double[] place = space.place(point);
    double sum = 1;
    for (double[] center : centers) {
      double product = 1;
      for (int d = 0; d < place.length; d++) {
        product *= density(space.dimensions().get(d), center[d], place[d]);
      }
      sum += product;
    }
    return StrictMath.log(sum / (centers.length + 1));
  }

  private double density(Dimension dimension, double center, double place) {
    OptionalLong size = dimension.size();
    if (!dimension.isOrdered()) {
      // Half of what is drawn is the center's own value, half is any; over the width of a value.
      return 0.5 + (center == place ? 0.5 * size.orElseThrow() : 0);
    }
    double distance = (place - center) / width;
    double within = normal((1 - center) / width) - normal(-center / width);
    return StrictMath.exp(-distance * distance / 2)
        / (width * StrictMath.sqrt(2 * Math.PI) * within);
  }

  /** The cumulative standard normal distribution. */
  private static double normal(double x) {
    return 0.5 * (1 + Erf.erf(x / StrictMath.sqrt(2)));
  }
}
