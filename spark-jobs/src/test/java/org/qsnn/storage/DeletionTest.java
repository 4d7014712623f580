package org.qsnn.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

/** Nothing is deleted but what this process made. */
class DeletionTest extends StoredFolder {
  @Test
  void deletesLeftoversOfCrashedWritersOnly() throws IOException {
    write("kept", "1");
    Files.writeString(local(files.temporary(path("x"))), "left by a crash");
    Files.writeString(folder.resolve(".hidden.tmp"), "somebody's");
    Files.writeString(folder.resolve(".x.------------------------------------.tmp"), "and this");
    Path like = Files.createDirectory(local(files.temporary(path("x"))));
    Files.writeString(like.resolve("letter"), "in a folder, which leases' holders never make");

    assertThat(files.own().deleteLeftovers(folder.toString(), 3_600_000, name -> false)).isEmpty();
    assertThat(files.own().deleteLeftovers(folder.toString(), 0, name -> false))
        .singleElement()
        .asString()
        .contains("/.x.");
    assertThat(names("."))
        .containsExactlyInAnyOrder(
            ".hidden.tmp",
            "kept",
            ".x.------------------------------------.tmp",
            like.getFileName().toString());
    assertThat(like.resolve("letter")).exists();
    assertThat(files.own().deleteLeftovers(path("missing"), 0, name -> false)).isEmpty();
  }

  @Test
  void discardsWhatItMadeAndNothingElse() throws IOException {
    String made = files.temporary(path("x"));
    files.commit(made + "/a/b", out -> out.write(1));
    String others = FileStore.of(new Configuration()).temporary(path("x"));
    Files.writeString(local(others), "of another process");

    files.discard(made);

    assertThat(names(".")).containsExactly(local(others).getFileName().toString());
    for (String path : List.of(others, made, path("."), path("x"))) {
      assertThatThrownBy(() -> files.discard(path)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(local(others)).exists();
  }

  @Test
  void whatGotItsNameIsNoTemporaryAnyMore() {
    String made = files.temporary(path("set"));
    files.commit(made + "/x", out -> out.write(1));
    assertThat(files.publish(made, path("set"))).isTrue();

    assertThatThrownBy(() -> files.discard(made)).isInstanceOf(IllegalArgumentException.class);
    assertThat(names("set")).containsExactly("x");
  }

  @Test
  void deletesSingleFilesOnly() throws IOException {
    write("x", "1");
    Files.createDirectories(folder.resolve("full/of"));
    Files.createDirectory(folder.resolve("empty"));

    files.own().delete(path("x"));
    files.own().delete(path("missing"));

    for (String name : List.of("full", "empty")) {
      assertThatThrownBy(() -> files.own().delete(path(name)))
          .isInstanceOf(DataException.class)
          .hasMessageContainingAll(path(name), "found a folder, which stays");
    }
    assertThat(names(".")).containsExactly("empty", "full");
  }
}
