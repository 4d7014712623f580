package org.qsnn.sweep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qsnn.ConfigurationException;
import org.qsnn.config.ConfigText;
import org.qsnn.config.RunConfig;
import org.qsnn.config.SearchSection;
import org.qsnn.config.SweepConfig;
import org.qsnn.search.Dimension;
import org.qsnn.search.Point;
import org.qsnn.search.Search;
import org.qsnn.storage.FileStore;
import org.qsnn.training.Training;

/**
 * Makes the trials of a sweep: the configuration of each is the base's with what its point sets.
 */
final class Trials {
  private static final String SEED = "run.seed";

  /** Beside the sweep's folder, as a run's is beside the run's. */
  private static final String CACHE = "/.dataset-cache";

  private final SweepConfig sweep;
  private final RunConfig base;
  private final String dir;
  private final FileStore files;
  private final SweepData data;

  /**
   * @param dir of the sweep, absolute: executors work elsewhere
   */
  Trials(SweepConfig sweep, RunConfig base, String dir, FileStore files, SweepData data) {
    this.sweep = sweep;
    this.base = base;
    this.dir = dir;
    this.files = files;
    this.data = data;
  }

  /**
   * @throws ConfigurationException if no network can be built of it
   */
  Trial trial(int number, Point point) {
    RunConfig config = config(number, point);
    try {
      Training training = new Training(files, config, data.backend(config));
      return new Trial(number, sweep.search().space().named(point), config, training.network());
    } catch (ConfigurationException e) {
      throw ofPoint(point, e);
    }
  }

  /**
   * Looks at all points, or, where they depend on results, at every value of every dimension: first
   * without the data, which may have to be prepared, then with it. Returns a trial of each.
   *
   * @throws ConfigurationException names the point and what is wrong with it
   */
  List<Trial> checkAll() {
    List<Point> points = sweep.search().kind() == SearchSection.Kind.TPE ? corners() : allPoints();
    points.forEach(this::checkWithoutData);
    return points.stream().map(point -> trial(0, point)).toList();
  }

  private void checkWithoutData(Point point) {
    RunConfig config = config(0, point);
    try {
      data.requireMemory(config);
    } catch (ConfigurationException e) {
      throw ofPoint(point, e);
    }
  }

  private List<Point> allPoints() {
    Search search = sweep.search().strategy();
    List<Point> points = new ArrayList<>();
    while (points.size() < sweep.search().points()) {
      points.add(search.next(points, Map.of()));
    }
    return points;
  }

  /** The first value of every dimension but one, of which all are taken, or both ends. */
  private List<Point> corners() {
    List<Dimension> dimensions = sweep.search().space().space().dimensions();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      long values = dimensions.get(i).size().orElse(2);
      for (long value = 0; value < values; value++) {
        double[] place = new double[dimensions.size()];
        place[i] = values == 2 && value == 1 ? Math.nextDown(1.0) : (value + 0.5) / values;
        points.add(sweep.search().space().space().at(place));
      }
    }
    return points;
  }

  private RunConfig config(int number, Point point) {
    ConfigText text = new ConfigText("base.conf", base.render());
    List<String> overrides = new ArrayList<>();
    overrides.add("run.dir=" + SweepFolder.trial(dir, number));
    if (base.dataset().cacheDir().isEmpty()) {
      overrides.add("dataset.cache-dir=" + files.paths().parent(dir).replaceFirst("/*$", CACHE));
    }
    overrides.addAll(sweep.search().space().overrides(point));
    try {
      RunConfig first = RunConfig.load(text, overrides, Instant.EPOCH);
      overrides.add(SEED + "=" + (first.run().seed() + number % sweep.search().repeat()));
      return RunConfig.load(text, overrides, Instant.EPOCH);
    } catch (ConfigurationException e) {
      throw ofPoint(point, e);
    }
  }

  private ConfigurationException ofPoint(Point point, ConfigurationException e) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "the point %s: %s",
            String.join(" ", sweep.search().space().overrides(point)),
            e.getMessage()),
        e);
  }
}
