package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.ascii;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

class EventFormatTest {
  private static EventFormat of(String start, Aedat2Convention aedat2) throws IOException {
    return EventFormat.ofAedat(new ByteArrayInputStream(ascii(start)), "x.aedat", aedat2);
  }

  @Test
  void tellsVersionsByTheFirstBytes() throws IOException {
    assertThat(of("#!AER-DAT2.0\r\n", Aedat2Convention.DVS128))
        .isEqualTo(EventFormat.AEDAT2_DVS128);
    assertThat(of("#!AER-DAT2.0\n", Aedat2Convention.CIFAR10_DVS))
        .isEqualTo(EventFormat.AEDAT2_CIFAR10_DVS);
    assertThat(of("#!AER-DAT3.1\r\n", Aedat2Convention.DVS128)).isEqualTo(EventFormat.AEDAT31);
    assertThat(of("#!AER-DAT4.0\r\n", Aedat2Convention.DVS128)).isEqualTo(EventFormat.AEDAT4);
  }

  @Test
  void leavesTheFirstBytesToBeRead() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(EventFiles.aedat2("#!AER-DAT2.0\n", 6, 7));

    EventFormat format = EventFormat.ofAedat(in, "x.aedat", Aedat2Convention.DVS128);

    assertThat(format.read(in, "x.aedat").x(0)).isEqualTo(3);
  }

  @Test
  void refusesOtherVersions() {
    assertThatThrownBy(() -> of("#!AER-DAT1.0\r\n", Aedat2Convention.DVS128))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("x.aedat: offset 0", "#!AER-DAT4.0", "\"#!AER-DAT1.0\"");
    assertThatThrownBy(() -> of("", Aedat2Convention.DVS128)).isInstanceOf(DataException.class);
  }

  @Test
  void everyFormatHasAKey() {
    assertThat(EventFormat.keys())
        .containsExactly(
            "aedat2-dvs128", "aedat2-cifar10-dvs", "aedat31", "aedat4", "n-mnist", "n-caltech101");
    assertThat(EventFormat.keys()).allMatch(key -> EventFormat.named(key).key().equals(key));
    assertThatThrownBy(() -> EventFormat.named("aedat5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("aedat5", "aedat31");
  }
}
