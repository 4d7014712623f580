package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsnn.DataException;

class NewestIntactTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path folder;

  @Test
  void takesTheLastByNumberNotByText() throws IOException {
    put("step-900.ckpt", "good");
    put("step-1000.ckpt", "good");

    NewestIntact<String> found = find().orElseThrow();
    assertThat(found.path()).endsWith("step-1000.ckpt");
    assertThat(found.skipped()).isEmpty();
  }

  @Test
  void stepsBackOverDamagedFilesAndTellsWhy() throws IOException {
    put("step-1.ckpt", "good");
    put("step-2.ckpt", "good");
    put("step-3.ckpt", "damaged");
    put("step-4.ckpt", "short");
    put("step-5.ckpt.txt", "good");
    Files.createDirectory(folder.resolve("step-6.ckpt"));

    NewestIntact<String> found = find().orElseThrow();
    assertThat(found.path()).endsWith("step-2.ckpt");
    assertThat(found.skipped())
        .extracting(skipped -> Path.of(skipped.path()).getFileName().toString())
        .containsExactly("step-4.ckpt", "step-3.ckpt");
    assertThat(found.skipped().get(0).reason()).contains("step-4.ckpt", "too short");
    assertThat(found.skipped().get(1).reason()).contains("wrong checksum");
  }

  @Test
  void isAnErrorIfNoneIsIntact() throws IOException {
    put("step-1.ckpt", "damaged");
    put("step-2.ckpt", "short");

    assertThatThrownBy(this::find)
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(folder.toString(), "too short", "wrong checksum");
  }

  @Test
  void isEmptyWithoutCandidatesOrFolder() throws IOException {
    assertThat(find()).isEmpty();
    Files.delete(folder);
    assertThat(find()).isEmpty();
  }

  private Optional<NewestIntact<String>> find() {
    return NewestIntact.find(
        files, folder.toString(), name -> name.endsWith(".ckpt"), NewestIntactTest::decode);
  }

  private static String decode(InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), UTF_8);
    switch (text) {
      case "damaged" -> throw new DataException("wrong checksum");
      case "short" -> throw new IOException("too short");
      default -> {
        return text;
      }
    }
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
