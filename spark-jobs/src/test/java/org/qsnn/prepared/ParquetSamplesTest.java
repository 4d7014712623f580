package org.qsnn.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetSamplesTest {
  private static final long ROW_GROUP_BYTES = 8 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"3073, 8000", "100000, 300", "1000000, 40", "9000000, 3"})
  void rowGroupsAreSmallWhateverTheLengthOfASample(int length, int samples) throws IOException {
    Path file = folder.resolve("samples.parquet");
    try (OutputStream out = Files.newOutputStream(file);
        ParquetSamples parquet = new ParquetSamples(out)) {
      for (int id = 0; id < samples; id++) {
        parquet.write(id, 0, new byte[length]);
      }
    }

    List<BlockMetaData> rowGroups = rowGroups(file);
    assertThat(rowGroups)
        .allMatch(group -> group.getTotalByteSize() < ROW_GROUP_BYTES + length * 2L);
    assertThat(rowGroups.stream().mapToLong(BlockMetaData::getRowCount).sum()).isEqualTo(samples);
  }

  private static List<BlockMetaData> rowGroups(Path file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFooter().getBlocks();
    }
  }
}
