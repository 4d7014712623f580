package org.qsnn.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.event.Events;
import org.qsnn.event.EventsBuilder;
import org.qsnn.event.Sensor;
import org.qsnn.tensor.RandomStream;

class EventWindowsTest {
  private static Events at(long... timestamps) {
    EventsBuilder events = Events.builder(new Sensor(1, 1));
    for (long timestamp : timestamps) {
      events.append(timestamp, 0, 0, true);
    }
    return events.build();
  }

  private static List<String> timestamps(EventWindows windows, Events recording) {
    return windows.of(recording).map(EventWindowsTest::timestamps).toList();
  }

  private static String timestamps(Events events) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < events.size(); i++) {
      text.append(i == 0 ? "" : " ").append(events.timestamp(i));
    }
    return text.toString();
  }

  @Test
  void windowsByNumberOverlapAndLeaveOutTheIncompleteOne() {
    assertThat(timestamps(EventWindows.byNumber(4, 2), at(1, 2, 3, 4, 5, 6, 7)))
        .containsExactly("1 2 3 4", "3 4 5 6");
    assertThat(timestamps(EventWindows.byNumber(3, 3), at(1, 2, 3, 4, 5, 6)))
        .containsExactly("1 2 3", "4 5 6");
  }

  @Test
  void windowsMayLeaveGaps() {
    assertThat(timestamps(EventWindows.byNumber(1, 3), at(1, 2, 3, 4))).containsExactly("1", "4");
  }

  @Test
  void windowsByTimeBeginAtTheFirstEvent() {
    assertThat(timestamps(EventWindows.byTime(10, 5), at(100, 104, 105, 109, 110, 114, 119)))
        .containsExactly("100 104 105 109", "105 109 110 114", "110 114 119");
  }

  @Test
  void windowsByTimeLeaveOutTheIncompleteAndTheEmpty() {
    assertThat(timestamps(EventWindows.byTime(10, 10), at(0, 9, 35, 38))).containsExactly("0 9");
    assertThat(timestamps(EventWindows.byTime(10, 10), at(0, 9, 35, 39)))
        .containsExactly("0 9", "35 39");
  }

  @Test
  void windowsByTimeJumpOverGaps() {
    long later = 1L << 60;

    assertThat(timestamps(EventWindows.byTime(1, 1), at(0, later)))
        .containsExactly("0", Long.toString(later));
    assertThat(EventWindows.byTime(1, 3).of(at(0, 1, later))).hasSize(1);
  }

  @Test
  void windowsByTimeAreThoseThatSteppingFinds() {
    RandomStream random = RandomStream.of(7);
    for (int trial = 0; trial < 200; trial++) {
      long[] timestamps = new long[1 + random.nextInt(6)];
      for (int i = 1; i < timestamps.length; i++) {
        timestamps[i] = timestamps[i - 1] + random.nextInt(60);
      }
      int micros = 1 + random.nextInt(20);
      int step = 1 + random.nextInt(20);

      assertThat(EventWindows.byTime(micros, step).of(at(timestamps)))
          .containsExactlyElementsOf(stepped(at(timestamps), micros, step));
    }
  }

  @Test
  void windowsAreMadeAsTheyAreAskedFor() {
    long length = 1L << 40;

    // 2⁴⁰ of them hold the event in the middle.
    assertThat(EventWindows.byTime(length, 1).of(at(0, length, 2 * length)).limit(3))
        .extracting(Events::size)
        .containsExactly(1, 1, 1);
  }

  private static List<Events> stepped(Events recording, int micros, int step) {
    List<Events> windows = new ArrayList<>();
    for (long from = 0; from + micros <= recording.duration() + 1; from += step) {
      int first = recording.firstAtOrAfter(from);
      int next = recording.firstAtOrAfter(from + micros);
      if (first < next) {
        windows.add(recording.slice(first, next));
      }
    }
    return windows;
  }

  @Test
  void shortRecordingsHaveNoWindows() {
    assertThat(EventWindows.byNumber(4, 2).of(at(1, 2, 3))).isEmpty();
    assertThat(EventWindows.byTime(10, 5).of(at(1, 9))).isEmpty();
    assertThat(EventWindows.byNumber(4, 2).of(at())).isEmpty();
    assertThat(EventWindows.byTime(1, 1).of(at())).isEmpty();
  }

  @Test
  void refusesNoLengthAndNoStep() {
    assertThatIllegalArgumentException().isThrownBy(() -> EventWindows.byNumber(0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventWindows.byTime(10, 0))
        .withMessageContaining("found 10 and 0");
  }
}
