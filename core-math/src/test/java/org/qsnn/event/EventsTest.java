package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EventsTest {
  private static final Sensor SENSOR = new Sensor(4, 3);

  private static Events four() {
    return Events.builder(SENSOR)
        .append(10, 0, 0, true)
        .append(12, 3, 2, false)
        .append(12, 1, 1, true)
        .append(20, 2, 0, false)
        .build();
  }

  @Test
  void givesBackWhatWasAppended() {
    Events events = four();

    assertThat(events.size()).isEqualTo(4);
    assertThat(events.sensor()).isEqualTo(SENSOR);
    assertThat(events.timestamp(1)).isEqualTo(12);
    assertThat(events.x(1)).isEqualTo(3);
    assertThat(events.y(1)).isEqualTo(2);
    assertThat(events.isOn(1)).isFalse();
    assertThat(events.isOn(2)).isTrue();
    assertThat(events.duration()).isEqualTo(10);
    assertThat(events).hasToString("4 events in 10 µs on 4 × 3 pixels");
  }

  @Test
  void sliceCountsFromItsOwnStart() {
    Events slice = four().slice(1, 3);

    assertThat(slice.size()).isEqualTo(2);
    assertThat(slice.timestamp(0)).isEqualTo(12);
    assertThat(slice.x(1)).isEqualTo(1);
    assertThat(slice.duration()).isZero();
    assertThat(slice.slice(1, 2).isOn(0)).isTrue();
    assertThatThrownBy(() -> slice.timestamp(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void findsTheFirstEventAtOrAfterATime() {
    Events events = four();

    assertThat(events.firstAtOrAfter(0)).isZero();
    assertThat(events.firstAtOrAfter(10)).isZero();
    assertThat(events.firstAtOrAfter(11)).isEqualTo(1);
    assertThat(events.firstAtOrAfter(12)).isEqualTo(1);
    assertThat(events.firstAtOrAfter(13)).isEqualTo(3);
    assertThat(events.firstAtOrAfter(21)).isEqualTo(4);
    assertThat(events.slice(2, 4).firstAtOrAfter(13)).isEqualTo(1);
  }

  @Test
  void equalsByContentWhereverTheColumnsStart() {
    Events again = Events.builder(SENSOR).append(12, 3, 2, false).append(12, 1, 1, true).build();

    assertThat(four().slice(1, 3)).isEqualTo(again).hasSameHashCodeAs(again);
    assertThat(four().slice(0, 2)).isNotEqualTo(again);
    assertThat(Events.builder(SENSOR).build()).isNotEqualTo(Events.builder(Sensor.DVS128).build());
  }

  @Test
  void blocksAddUpToTheWhole() {
    EventsBuilder builder = Events.builder(SENSOR);
    EventsBuilder large = Events.builder(SENSOR);
    for (int i = 0; i < 1000; i++) {
      builder.accept(four().slice(1, 3));
      large.append(12, 3, 2, false).append(12, 1, 1, true);
    }

    assertThat(builder.build()).isEqualTo(large.build());
    assertThat(builder.build().size()).isEqualTo(2000);
  }

  @Test
  void emptyEventsHaveNoDuration() {
    Events none = Events.builder(SENSOR).build();

    assertThat(none.isEmpty()).isTrue();
    assertThat(none.duration()).isZero();
    assertThat(none.firstAtOrAfter(5)).isZero();
  }

  @Test
  void aBuiltValueDoesNotChangeWhenTheBuilderGoesOn() {
    EventsBuilder builder = Events.builder(SENSOR).append(1, 0, 0, true);
    Events first = builder.build();
    builder.append(2, 1, 1, true);

    assertThat(first.size()).isEqualTo(1);
    assertThat(builder.build().size()).isEqualTo(2);
  }

  @Test
  void rejectsTimesThatRunBackwards() {
    assertThatThrownBy(() -> Events.builder(SENSOR).append(5, 0, 0, true).append(4, 0, 0, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("at least 5", "found 4");
    assertThatThrownBy(() -> Events.builder(SENSOR).append(11, 0, 0, true).accept(four()))
        .hasMessageContainingAll("at least 11", "found 10");
  }

  @Test
  void rejectsPixelsOutsideTheSensor() {
    assertThatThrownBy(() -> Events.builder(SENSOR).append(5, 4, 0, true))
        .hasMessageContainingAll("4 × 3", "x = 4, y = 0");
    assertThatThrownBy(() -> Events.builder(SENSOR).append(5, 0, 3, true))
        .hasMessageContaining("x = 0, y = 3");
    assertThatThrownBy(() -> Events.builder(SENSOR).append(5, -1, 0, true))
        .hasMessageContaining("x = -1, y = 0");
    assertThatThrownBy(() -> Events.builder(Sensor.DVS128).accept(four()))
        .hasMessageContainingAll("128 × 128", "4 × 3");
    assertThatThrownBy(() -> new Sensor(0, 3)).hasMessageContaining("0 × 3");
    assertThatThrownBy(() -> new Sensor(3, 32769)).hasMessageContaining("3 × 32769");
  }
}
