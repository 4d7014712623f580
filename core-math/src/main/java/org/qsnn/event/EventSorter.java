package org.qsnn.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Holds a recording until all of its late events are known, then hands it on with each where its
 * time says; of equal times the late one comes after.
 */
final class EventSorter implements EventSink {
  private final RecordingCollector inOrder;
  private final List<Late> late = new ArrayList<>();

  private record Late(long timestamp, int x, int y, boolean on) {}

  EventSorter(String file) {
    this.inOrder = new RecordingCollector(file);
  }

  @Override
  public void accept(Events block) {
    inOrder.accept(block);
  }

  /** An event that is earlier than the one before. */
  void late(long timestamp, int x, int y, boolean on) {
    late.add(new Late(timestamp, x, y, on));
  }

  /** Hands the recording on; few are late. */
  void handOn(EventSink sink) {
    late.sort(Comparator.comparingLong(Late::timestamp));
    int next = 0;
    for (Events block : inOrder.blocks()) {
      int to = next;
      while (to < late.size() && late.get(to).timestamp < block.timestamp(block.size() - 1)) {
        to++;
      }
      sink.accept(to == next ? block : merged(block, late.subList(next, to)));
      next = to;
    }
    if (next < late.size()) {
      Sensor sensor = inOrder.blocks().get(0).sensor();
      EventsBuilder rest = Events.builder(sensor);
      late.subList(next, late.size()).forEach(one -> append(rest, one));
      sink.accept(rest.build());
    }
  }

  private static Events merged(Events block, List<Late> between) {
    EventsBuilder merged = Events.builder(block.sensor());
    int from = 0;
    for (Late one : between) {
      int to = block.firstAtOrAfter(one.timestamp + 1);
      if (to > from) {
        merged.accept(block.slice(from, to));
        from = to;
      }
      append(merged, one);
    }
    merged.accept(block.slice(from, block.size()));
    return merged.build();
  }

  private static void append(EventsBuilder to, Late one) {
    to.append(one.timestamp, one.x, one.y, one.on);
  }
}
