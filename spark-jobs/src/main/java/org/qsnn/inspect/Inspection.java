package org.qsnn.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.qsnn.DataException;
import org.qsnn.checkpoint.Checkpoint;
import org.qsnn.event.RecordingOptions;
import org.qsnn.json.Json;
import org.qsnn.model.PackedModel;
import org.qsnn.model.TensorFile;
import org.qsnn.run.RunDirectory;

/**
 * What a packed model, checkpoint, run directory, data set, folder of classes or recording of an
 * event camera is, how large, and how it came to be: for people as aligned text, for programs as
 * JSON. The kind is found in the content, not the name, but for {@code .bin} recordings, which have
 * no mark.
 */
public final class Inspection {
  private final ObjectNode json;
  private final List<String> text;

  Inspection(ObjectNode json, List<String> text) {
    this.json = json;
    this.text = List.copyOf(text);
  }

  /**
   * Looks at a file or folder. Every byte of a model or checkpoint is read and its checksums are
   * verified.
   *
   * @throws DataException if it is missing, damaged, or none of these
   */
  public static Inspection of(InspectedFiles files, String path) {
    return files.isFolder(path)
        ? folder(files, path)
        : files.read(path, (in, length) -> file(files, path, in, length));
  }

  /** Lines for people. */
  public List<String> text() {
    return text;
  }

  /** One object on one line, without the end of line. */
  public String json() {
    return Json.text(json);
  }

  ObjectNode node() {
    return json;
  }

  private static Inspection folder(InspectedFiles files, String path) {
    List<String> names = files.names(path);
    if (names.contains(RunDirectory.CONFIGURATION) || names.contains(RunDirectory.FINGERPRINT)) {
      return RunInspection.of(files, path, names);
    }
    if (names.contains(DatasetInspection.MANIFEST)) {
      return DatasetInspection.of(files, path);
    }
    return FolderInspection.of(files, path, names).orElseThrow(() -> unknown(path, names));
  }

  private static DataException unknown(String path, List<String> names) {
    return new DataException(
        path
            + ": expected a run directory (with "
            + RunDirectory.CONFIGURATION
            + ") or a data set (with "
            + DatasetInspection.MANIFEST
            + "), found a folder with "
            + (names.isEmpty() ? "nothing in it" : String.join(", ", names)));
  }

  private static Inspection file(InspectedFiles files, String path, InputStream in, long length)
      throws IOException {
    BufferedInputStream peekable = new BufferedInputStream(in);
    if (RecordingInspection.isRecording(peekable, path)) {
      return RecordingInspection.of(
              files, path, Optional.empty(), RecordingOptions.DEFAULT, peekable, length)
          .inspection();
    }
    requireTensorFile(peekable, path);
    TensorFile file = TensorFile.read(peekable, length, path);
    return switch (file.kind()) {
      case PackedModel.KIND -> ModelInspection.of(PackedModel.of(file), path, length);
      case Checkpoint.KIND -> CheckpointInspection.of(file, path, length);
      default ->
          throw new DataException(
              path
                  + ": expected a "
                  + PackedModel.KIND
                  + " or a "
                  + Checkpoint.KIND
                  + ", found kind "
                  + file.kind());
    };
  }

  /** Tells a file of another kind from a damaged one: no header is as long as 4 GB. */
  private static void requireTensorFile(InputStream in, String path) throws IOException {
    in.mark(Long.BYTES);
    byte[] headerLength = in.readNBytes(Long.BYTES);
    in.reset();
    for (int i = Integer.BYTES; i < headerLength.length; i++) {
      if (headerLength[i] != 0) {
        throw new DataException(
            path
                + ": expected a packed model, a checkpoint, a run directory, a data set or a"
                + " recording, found a file of another kind, or one whose first bytes are damaged");
      }
    }
  }
}
