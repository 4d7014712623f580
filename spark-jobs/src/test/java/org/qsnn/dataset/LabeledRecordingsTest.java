package org.qsnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsnn.DataException;
import org.qsnn.event.RecordingOptions;
import org.qsnn.sample.WindowCut;
import org.qsnn.storage.FileStore;

/** Two recordings of 4,000 events, one every 10 µs; of each a first half and a second. */
class LabeledRecordingsTest {
  private static final WindowCut WINDOWS = new WindowCut(WindowCut.Unit.EVENTS, 500, 250, 500);

  @TempDir private Path root;

  @BeforeEach
  void record() {
    for (int i = 0; i < 3; i++) {
      EventFiles.write(root.resolve("day/" + i + ".aedat"), EventFiles.recording(0, i, 4000));
    }
  }

  @Test
  void rowsAreCutByThemselvesAndSplitAsTheirColumnSays() throws IOException {
    label(
        "\uFEFFclass,recording,start,end,split",
        "wave,day/0.aedat,0,20000,train",
        "clap,day/0.aedat,20000,40000,train",
        "wave,day/1.aedat,0,20000,test",
        "clap,day/1.aedat,20000,40000,test");
    RawSource source = open(WINDOWS);
    PouredSet set = PouredSet.of(source);

    assertThat(source.classNames()).containsExactly("clap", "wave");
    assertThat(source.splitName()).isEqualTo("label-column");
    assertThat(set.sources())
        .extracting(SourceFile::name)
        .containsExactly(
            "wave/day/0.aedat@0-20000",
            "clap/day/0.aedat@20000-40000",
            "wave/day/1.aedat@0-20000",
            "clap/day/1.aedat@20000-40000");
    assertThat(set.sources()).extracting(SourceFile::samples).containsExactly(7L, 7L, 4L, 4L);
    assertThat(set.labels(Split.TEST)).containsExactly(1, 1, 1, 1, 0, 0, 0, 0);
    assertThat(set.events(Split.TRAIN, 7).timestamp(0)).isEqualTo(20000);
    assertThat(source.passedOver()).contains("1 file or folder skipped", "day/2.aedat (in no row)");
  }

  @Test
  void rowsAreDrawnOfEachClassWhereNoColumnSays() throws IOException {
    String[] rows = new String[22];
    rows[0] = "recording,class,start,end";
    rows[21] = "";
    for (int i = 0; i < 20; i++) {
      String name = i % 2 == 0 ? "wave" : "clap";
      int start = i % 10 * 4000;
      rows[1 + i] = "day/" + i / 10 + ".aedat," + name + "," + start + "," + (start + 4000);
    }
    label(rows);
    RawSource source = open(WindowCut.WHOLE);
    PouredSet set = PouredSet.of(source);

    assertThat(source.splitName()).isEqualTo("drawn");
    assertThat(set.labels(Split.TEST)).containsExactlyInAnyOrder(0, 0, 1, 1);
    assertThat(set.labels(Split.TRAIN)).hasSize(16);
    assertThat(PouredSet.of(open(WindowCut.WHOLE)).sources()).isEqualTo(set.sources());
  }

  @Test
  void sourcesAreValidatedByClass() throws IOException {
    label("recording,class,start,end", "day/0.aedat,wave,0,20000", "day/1.aedat,wave,0,20000");
    assertThat(PouredSet.of(open(WINDOWS)).sources())
        .extracting(Datasets.LABELED_RECORDINGS::group)
        .containsExactly("wave", "wave");
  }

  @Test
  void classWithoutARowToTrainOnIsRefusedByName() throws IOException {
    label(
        "recording,class,start,end",
        "day/0.aedat,wave,0,9000",
        "day/1.aedat,wave,0,9000",
        "day/1.aedat,clap,9000,18000");
    assertRefused("labels.csv: class clap: expected two rows or more", "found 1", "line 4");

    label(
        "recording,class,start,end,split",
        "day/0.aedat,wave,0,9000,train",
        "day/1.aedat,clap,9000,18000,test");
    assertRefused("labels.csv: class clap: expected a row to train on", "line 3");
  }

  @Test
  void rowWithoutEventsIsNamed() throws IOException {
    label("recording,class,start,end", "day/0.aedat,wave,0,9000", "day/1.aedat,wave,90000,99000");
    assertThatThrownBy(() -> PouredSet.of(open(WINDOWS)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(
            "labels.csv: line 3: expected enough events of day/1.aedat from 90000 to 99000 µs",
            "found 0",
            "dataset.on-bad-file=skip");
  }

  @Test
  void missingRecordingIsNamed() throws IOException {
    label("recording,class,start,end", "day/9.aedat,wave,0,9000", "day/1.aedat,wave,0,9000");

    assertThatThrownBy(() -> PouredSet.of(open(WINDOWS)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("day/9.aedat");
  }

  @Test
  void folderWithoutATableIsTold() {
    assertRefused(root.toString(), "expected the file labels.csv", "recording,class,start,end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "day/0.aedat,wave,0,x | line 2: expected a whole number of µs, found x",
        "day/0.aedat,wave,5,5 | line 2: expected an end behind the start, 5, found 5",
        "day/0.aedat,wave,5 | line 2: expected 4 columns, found 3",
        "../0.aedat,wave,0,5 | line 2: expected a recording's path below this folder, found ../0",
        "day/0.aedat,,0,5 | line 2: expected a class's name",
        "day/1.aedat,clap,8999,9999 | line 2: expected rows of a recording that share no time"
      })
  void badRowIsNamedByItsLine(String row, String message) throws IOException {
    label("recording,class,start,end", row, "day/1.aedat,wave,0,9000", "day/0.aedat,wave,0,9000");

    assertThatThrownBy(() -> open(WINDOWS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels.csv: line ")
        .hasMessageContaining(message.replace("line 2: expected rows", "expected rows"));
  }

  @Test
  void otherColumnsAreRefused() throws IOException {
    label("recording,class,start,stop", "day/0.aedat,wave,0,9000");

    assertRefused("line 1: expected the columns recording,class,start,end", "start,stop");
  }

  private void label(String... lines) throws IOException {
    Files.writeString(root.resolve("labels.csv"), String.join("\n", lines));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> open(WINDOWS))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts);
  }

  private RawSource open(WindowCut cut) {
    return Places.labeled(root.toString(), cut, RecordingOptions.DEFAULT)
        .open(FileStore.of(new Configuration()));
  }
}
