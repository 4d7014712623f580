package org.qsnn.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a packed model says apart from its numbers.
 *
 * @param input what a sample goes through before the network sees it; empty in files of version 1
 * @param classNames one a class; empty where nobody named them
 * @param provenance how the model came to be, as free text by key; nothing depends on it
 */
public record ModelDescription(
    Optional<ModelInput> input, List<String> classNames, Map<String, String> provenance) {
  public ModelDescription {
    classNames = List.copyOf(classNames);
    provenance = Map.copyOf(provenance);
  }

  /** The input as a file says it: each key without {@code input.}, sorted. */
  public SortedMap<String, String> inputMetadata() {
    return DescriptionMetadata.ofInput(input);
  }

  /** Of a model whose input and classes nobody described. */
  public static ModelDescription of(Map<String, String> provenance) {
    return new ModelDescription(Optional.empty(), List.of(), provenance);
  }
}
