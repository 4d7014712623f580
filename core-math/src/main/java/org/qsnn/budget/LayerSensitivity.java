package org.qsnn.budget;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the bits of one layer's membrane do, all other layers being as they were trained.
 *
 * @param name under which tables list the layer
 * @param neurons of one sample
 * @param losses mean cross entropy of the network, by the bits of this layer
 */
public record LayerSensitivity(String name, long neurons, SortedMap<Integer, Double> losses) {
  public LayerSensitivity(String name, long neurons, Map<Integer, Double> losses) {
    this(name, neurons, new TreeMap<>(losses));
  }

  public LayerSensitivity {
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
  }
}
