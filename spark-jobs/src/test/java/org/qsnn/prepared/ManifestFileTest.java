package org.qsnn.prepared;

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
import org.qsnn.dataset.Places;
import org.qsnn.storage.FileStore;

class ManifestFileTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;
  private Path json;
  private PreparedDataset dataset;

  @BeforeEach
  void prepare() {
    Path set = root.resolve("set");
    dataset = Preparation.prepare(files, Places.synthetic(4, 2), set.toString());
    json = set.resolve("manifest.json");
  }

  @Test
  void roundTrips() {
    Path other = root.resolve("other");
    ManifestFile.write(files, other.toString(), dataset.manifest());

    assertThat(ManifestFile.read(files, other.toString())).isEqualTo(dataset.manifest());
    assertThat(other.resolve("manifest.json")).hasSameTextualContentAs(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" : 5                 | \"version\" : 4     | version: expected 5, found 4; prepare",
        "qsnn-dataset                    | other               | format: expected qsnn-dataset",
        "\"kind\"                        | \"sort\"            | 'kind'",
        "\"kind\"                        | \"x\": 1, \"kind\"    | \"x\"",
        "\"samples\" : 4                 | \"samples\" : 5     | expected 5, found 4",
        "\"first_id\" : 0                | \"first_id\" : 1    | expected 0, found 1",
        "train/train.parquet             | train/../../x       | found train/../../x",
        "\"rgb-planar-uint8\"            | null                | encoding",
        "\"disc\"                        | null                | class_names",
        "\"per_class\" : \\[ \\d+         | \"per_class\" : [ \"\" | Cannot coerce empty String",
        "\"kind\"                        | \"kind\": 1, \"kind\" | Duplicate field 'kind'",
        "\\[ 3, 32, 32 \\]                | [ 3, 32, 2147483647 ] | payload.shape: expected three",
        "\\[ 3, 32, 32 \\]                | [ ]                 | payload.shape: expected three",
        "per_class\" : \\[ \\d              | per_class\" : [ -1  | per_class: expected 0 to 4, found -1",
        "\"samples\" : 4,\\s+\"bytes\" : \\d+ | \"samples\" : 4, \"bytes\" : 3 | expected 0 to 3",
      })
  void damagedManifestIsRejected(String good, String bad, String message) throws IOException {
    String text = Files.readString(json);
    assertThat(text).containsPattern(good);
    Files.writeString(json, text.replaceFirst(good, bad));

    assertRejected(message);
  }

  @Test
  void truncatedManifestIsRejected() throws IOException {
    String text = Files.readString(json);
    Files.writeString(json, text.substring(0, text.length() / 2));

    assertRejected("damaged manifest");
  }

  @Test
  void missingDataFileIsNamed() throws IOException {
    Files.delete(root.resolve("set/train/train.parquet"));

    assertThatThrownBy(() -> PreparedDataset.open(files, root.resolve("set").toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("train/train.parquet", "does not exist");
  }

  @Test
  void changedByteIsFoundByVerification() throws IOException {
    Path file = root.resolve("set/test/test.parquet");
    dataset.verify();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(dataset::verify)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("test/test.parquet", "expected SHA-256");
  }

  private void assertRejected(String message) {
    assertThatThrownBy(() -> PreparedDataset.open(files, root.resolve("set").toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(json.toString(), message);
  }
}
