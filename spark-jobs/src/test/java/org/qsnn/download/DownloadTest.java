package org.qsnn.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.qsnn.ConfigurationException;
import org.qsnn.DataException;

class DownloadTest extends ArchiveServer {
  @Test
  void downloadsAWholeFile() {
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));
    List<Long> heard = new ArrayList<>();

    download(LIMITS).to(file, (bytes, total) -> heard.add(bytes));

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(part).doesNotExist();
    assertThat(ranges).containsExactly("none");
    assertThat(heard).last().isEqualTo((long) CONTENT.length);
  }

  @Test
  void asksTheProxyOfTheEnvironment() throws IOException {
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));
    String proxy = "http://127.0.0.1:" + server.getAddress().getPort();
    URI elsewhere = URI.create("http://host.invalid/archive.tar.gz");

    new Download(elsewhere, CONTENT.length, md5(CONTENT), LIMITS, Map.of("http_proxy", proxy))
        .to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void aProxyThatCannotBeReachedIsNamed() {
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));
    String proxy = "127.0.0.1:" + server.getAddress().getPort();
    server.stop(0);
    URI source = URI.create("https://host.invalid/archive.tar.gz");
    Map<String, String> environment = Map.of("https_proxy", "http://me:secret@" + proxy);
    Download download = new Download(source, 1, "", LIMITS, environment);

    assertThatThrownBy(() -> download.to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(source + " through the proxy " + proxy + ": the download stopped")
        .hasMessageNotContaining("secret");
  }

  @Test
  void removesAFileOfWrongHash() {
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));
    String expected = "0".repeat(32);

    assertThatThrownBy(
            () ->
                new Download(source(), CONTENT.length, expected, LIMITS, Map.of())
                    .to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("expected MD5 " + expected, "found " + md5(CONTENT), "removed");
    assertThat(file).doesNotExist();
    assertThat(part).doesNotExist();
  }

  @Test
  void onlyChecksAFileThatIsThere() throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, CONTENT);
    download(LIMITS).to(file, (bytes, total) -> {});
    assertThat(ranges).isEmpty();

    Files.write(file, new byte[10]);
    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("move the file away");
    assertThat(file).hasSize(10);
  }

  @Test
  void folderThatCannotBeCreatedIsADataError() throws IOException {
    Files.writeString(dir.resolve("new"), "a file where a folder should be");

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessage(dir.resolve("new") + ": must be a folder; found a file");
  }

  @Test
  void otherAddressesThanHttpAreRejected() {
    assertThatThrownBy(() -> new Download(URI.create("ftp://host/x"), 1, "", LIMITS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ftp://host/x");
    assertThatThrownBy(() -> new Download(URI.create("mirror/x"), 1, "", LIMITS))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> new Download(URI.create("http://host:65536/x"), 1, "", LIMITS))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void aHostThatIsUnknownAtFirstIsNotTriedAgain() {
    URI source = URI.create("http://host.invalid/x");

    assertThatThrownBy(
            () -> new Download(source, 1, "", LIMITS, Map.of()).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("stopped at attempt 1: the host is unknown");
  }
}
