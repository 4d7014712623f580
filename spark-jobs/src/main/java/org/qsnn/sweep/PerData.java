package org.qsnn.sweep;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.qsnn.config.RunConfig;

/** One value for all configurations that have the same samples in the same shards. */
final class PerData<T> {
  private final Map<List<Object>, T> values = new HashMap<>();
  private final Function<RunConfig, T> make;

  PerData(Function<RunConfig, T> make) {
    this.make = make;
  }

  synchronized T of(RunConfig config) {
    List<Object> key = config.samplesKey();
    T value = values.get(key);
    if (value == null) {
      value = make.apply(config);
      values.put(key, value);
    }
    return value;
  }

  synchronized Collection<T> all() {
    return List.copyOf(values.values());
  }
}
