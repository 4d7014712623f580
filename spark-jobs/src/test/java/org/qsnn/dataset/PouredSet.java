package org.qsnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.qsnn.event.EventCodec;
import org.qsnn.event.Events;

/** All that a source hands over, in memory. */
record PouredSet(PayloadFormat payload, List<Sample> samples, List<SourceFile> sources) {

  record Sample(Split split, long id, int label, byte[] payload) {}

  static PouredSet of(RawSource source) {
    List<Sample> samples = new ArrayList<>();
    List<SourceFile> sources = new ArrayList<>();
    PayloadFormat payload =
        source.read(
            part -> {
              try {
                sources.addAll(
                    part.content()
                        .pour(
                            (id, label, bytes) ->
                                samples.add(new Sample(part.split(), id, label, bytes))));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return new PouredSet(payload, samples, sources);
  }

  /** In the order of ids, which must count up from 0. */
  List<Integer> labels(Split split) {
    List<Sample> own = of(split);
    for (int i = 0; i < own.size(); i++) {
      if (own.get(i).id() != i) {
        throw new AssertionError("expected id " + i + ", found " + own.get(i).id());
      }
    }
    return own.stream().map(Sample::label).toList();
  }

  Events events(Split split, int id) {
    return EventCodec.decode(of(split).get(id).payload());
  }

  private List<Sample> of(Split split) {
    return samples.stream().filter(sample -> sample.split() == split).toList();
  }
}
