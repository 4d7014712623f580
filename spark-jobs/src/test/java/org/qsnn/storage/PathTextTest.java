package org.qsnn.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsnn.ConfigurationException;

/** What a path means. */
class PathTextTest {
  private final FileStore files = FileStore.of(new Configuration());
  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain", "a b", "[x]", "{a,b}", "*", "?", "a%20b", "a+b", "a=b", "#", "ä日", "12:30", "a:b",
        "~", "~x", "'\"$`", "a\\b", ".hidden", "&;|<>", "a\nb", "%"
      })
  void everyNameMeansTheFileOfThatName(String name) {
    for (String path : new String[] {root + "/" + name, "file:" + root + "/" + name}) {
      files.commit(path + "/file", out -> out.write(1));

      assertThat(root.toFile().list()).containsExactly(name);
      assertThat(files.paths().local(path)).contains(root.resolve(name));
      assertThat(files.list(root.toString())).filteredOn(FileEntry::isFolder).hasSizeLessThan(2);
      assertThat(files.names(path)).containsExactly("file");
      assertThat(files.readBytes(files.entry(path + "/file").path(), 1)).hasSize(1);
      files.own().delete(path + "/file");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x, file:CWD/x",
    "./x, file:CWD/x",
    "a/../x/, file:CWD/x",
    "12:30, file:CWD/12:30",
    "12:30/x, file:CWD/12:30/x",
    "./a:b, file:CWD/a:b",
    "x/a:b, file:CWD/x/a:b",
    "/x, file:/x",
    "//data/x, file:/data/x",
    "///x, file:/x",
    "file:/x, file:/x",
    "file:///x/, file:/x",
    "file://localhost/x, file:/x",
    "file://localhost/a b/%20, file:/a b/%20",
    "hdfs://127.0.0.1:1/x/, hdfs://127.0.0.1:1/x"
  })
  void absoluteFormSaysWhatIsMeant(String text, String absolute) {
    assertThat(files.paths().absolute(text))
        .isEqualTo(absolute.replace("CWD", System.getProperty("user.dir")));
  }

  @Test
  void hostOfALocalFileIsRefusedSayingWhatWasMeant() {
    assertRefused("file://data/x", "on a host 'data'", "write file:///data/x");
  }

  @Test
  void homeIsRefusedSayingWhereItIs() {
    String home = System.getProperty("user.home");
    assertRefused("~/runs", "'~/runs'", "write " + home + "/runs");
    assertRefused("~", "write " + home);
    assertRefused("~ada/runs", "~ is expanded by the shell only");
  }

  @Test
  void nothingIsNoPath() {
    assertRefused("", "'' is not a path");
    assertRefused("file:x", "'file:x' is not a path: Relative path", "(a file of that name is ./");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "file:/", "file:///", "/tmp/..", "hdfs://host:8020/"})
  void rootIsRefusedWhereSomethingIsMade(String root) {
    assertThatThrownBy(() -> NewFolder.at(files, root))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("/: must lie below the root; found the root itself");
  }

  @Test
  void hdfsWithoutAHostSaysWhatIsMissing() {
    assertRefused(
        "hdfs:///x", "hdfs:///x: names no host", "fs.defaultFS", "file:/", "hdfs://host:8020/x");
  }

  @Test
  void namesThatTheSystemCannotHaveAreRefused() {
    assertThatThrownBy(() -> PathText.requireName("/ä", US_ASCII))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("'/ä'", "US-ASCII", "LC_ALL=C.UTF-8");
    assertThatThrownBy(() -> PathText.requireName("/a\uFFFDb", UTF_8))
        .isInstanceOf(ConfigurationException.class);
    assertThatCode(() -> PathText.requireName("/ä日", UTF_8)).doesNotThrowAnyException();
  }

  @Test
  void fileThatIsHereIsNearerThanTheDefaultFileSystem() {
    Configuration configuration = new Configuration();
    configuration.set("fs.defaultFS", "hdfs://127.0.0.1:1");
    FileStore elsewhere = FileStore.of(configuration);

    assertThat(elsewhere.paths().nearest("pom.xml"))
        .isEqualTo("file:" + System.getProperty("user.dir") + "/pom.xml");
    assertThat(elsewhere.paths().nearest("missing.xml")).isEqualTo("missing.xml");
    assertThat(elsewhere.paths().nearest("hdfs://h/x")).isEqualTo("hdfs://h/x");
    assertThat(files.paths().nearest("pom.xml")).isEqualTo("pom.xml");
    assertThat(FilePaths.onLocalDisk("x")).isEqualTo(Path.of("x").toAbsolutePath());
    assertThatThrownBy(() -> FilePaths.onLocalDisk("hdfs://h/x")).hasMessageContaining("local");
  }

  private void assertRefused(String path, String... parts) {
    assertThatThrownBy(() -> files.exists(path))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(parts);
  }
}
