package org.qsnn.event;

import java.io.Serializable;
import java.util.Locale;
import org.qsnn.EnumKey;

/**
 * What a user says about recordings, where they do not say it themselves.
 *
 * @param aedat2 how AEDAT 2.0 files number pixels, unless they name a DAVIS or DVS640
 * @param sensor of files that do not name it; null to take the smallest of a common camera
 * @param source of the events that are read, where AEDAT 3.1 and 4 hold those of several cameras:
 *     the number of the source or stream; {@link #ANY_SOURCE} if there is but one
 * @param table how events lie in .csv and .npz files
 * @param badEvents what becomes of them
 */
public record RecordingOptions(
    Aedat2Convention aedat2, Sensor sensor, int source, EventTable table, BadEvents badEvents)
    implements Serializable {
  /** No camera is chosen. */
  public static final int ANY_SOURCE = -1;

  /** A DVS128 as it counts its pixels; nothing bad is tolerated. */
  public static final RecordingOptions DEFAULT =
      new RecordingOptions(
          Aedat2Convention.DVS128, null, ANY_SOURCE, EventTable.USUAL, BadEvents.FAIL);

  public RecordingOptions withAedat2(Aedat2Convention other) {
    return new RecordingOptions(other, sensor, source, table, badEvents);
  }

  public RecordingOptions withSensor(Sensor other) {
    return new RecordingOptions(aedat2, other, source, table, badEvents);
  }

  public RecordingOptions withSource(int other) {
    return new RecordingOptions(aedat2, sensor, other, table, badEvents);
  }

  public RecordingOptions withTable(EventTable other) {
    return new RecordingOptions(aedat2, sensor, source, other, badEvents);
  }

  public RecordingOptions withBadEvents(BadEvents other) {
    return new RecordingOptions(aedat2, sensor, source, table, other);
  }

  /** What differs from the default and decides which events are read, but for AEDAT 2.0. */
  public String note() {
    StringBuilder note = new StringBuilder();
    if (sensor != null) {
      note.append("; else a sensor of ").append(sensor);
    }
    if (source != ANY_SOURCE) {
      note.append("; source ").append(source);
    }
    if (!table.equals(EventTable.USUAL)) {
      note.append(
          String.format(
              Locale.ROOT, "; columns %s in %s", table.columns(), EnumKey.of(table.unit())));
    }
    if (badEvents.areTolerated()) {
      note.append("; ").append(badEvents);
    }
    return note.toString();
  }
}
