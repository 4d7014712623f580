package org.qsnn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.qsnn.event.EventFiles.ascii;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

class EventFormatTest {
  private static EventFormat of(String start, Aedat2Convention aedat2) throws IOException {
    return EventFormat.of(new ByteArrayInputStream(ascii(start)), "x.aedat", aedat2);
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
  void aDavisIsToldByItsNameInTheHeader() throws IOException {
    String davis =
        "#!AER-DAT2.0\r\n# created\r\n# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C\r\n";

    assertThat(of(davis, Aedat2Convention.DVS128)).isEqualTo(EventFormat.AEDAT2_DAVIS240);
    assertThat(of(davis.replace("240C", "346redColor"), Aedat2Convention.CIFAR10_DVS))
        .isEqualTo(EventFormat.AEDAT2_DAVIS346);
    assertThat(of(davis.replace("DAVIS240C", "DAVIS640Mono"), Aedat2Convention.DVS128))
        .isEqualTo(EventFormat.AEDAT2_DAVIS640);
    assertThat(of(davis.replace("DAVIS240C", "DVS640"), Aedat2Convention.DVS128))
        .isEqualTo(EventFormat.AEDAT2_DVS640);
    assertThat(of(davis.replace("DAVIS240C", "DVS128"), Aedat2Convention.CIFAR10_DVS))
        .isEqualTo(EventFormat.AEDAT2_CIFAR10_DVS);
  }

  @Test
  void otherFilesAreNamedByWhatTheyAre() {
    assertForeign("\u001f\u008b\b\0", "a file compressed with gzip: unpack it");
    assertForeign("PK\u0003\u0004", "a zip archive");
    assertForeign("\u0089HDF\r\n", "an HDF5 file");
    assertForeign("", "no bytes at all: it is empty");
  }

  private static void assertForeign(String start, String found) {
    ByteArrayInputStream in = new ByteArrayInputStream(start.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> EventFormat.of(in, "x.raw", Aedat2Convention.DVS128))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("x.raw: offset 0: first bytes: expected ")
        .hasMessageContaining("found " + found);
  }

  @Test
  void leavesTheFirstBytesToBeRead() throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(EventFiles.aedat2("#!AER-DAT2.0\n", 6, 7));

    EventFormat format = EventFormat.of(in, "x.aedat", Aedat2Convention.DVS128);

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
  void endingsOfNamesSayWhatIsARecording() {
    assertThat(List.of("a.aedat", "b.AEDAT4", "c.raw", "d.Dat", "e.x\n.aedat2", "f.CSV", "g.npz"))
        .allMatch(EventFormat::isNamed);
    assertThat(List.of("a.aedat.gz", "b.bin", "raw", "c.txt")).noneMatch(EventFormat::isNamed);
  }

  @Test
  void everyFormatHasAKey() {
    assertThat(EventFormat.keys())
        .containsExactly(
            "aedat2-dvs128",
            "aedat2-dvs128-upright",
            "aedat2-cifar10-dvs",
            "aedat2-davis240",
            "aedat2-davis346",
            "aedat2-davis640",
            "aedat2-dvs640",
            "aedat31",
            "aedat4",
            "dat",
            "evt2",
            "evt3",
            "csv",
            "npz",
            "n-mnist",
            "n-caltech101");
    assertThat(EventFormat.keys()).allMatch(key -> EventFormat.named(key).key().equals(key));
    assertThatThrownBy(() -> EventFormat.named("aedat5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("aedat5", "aedat31");
  }
}
