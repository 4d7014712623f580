package org.qsnn.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.qsnn.DataException;

/** A download goes on with the part that is there. */
class DownloadResumeTest extends ArchiveServer {
  @Test
  void goesOnWhereTheConnectionBroke() {
    serve(
        (exchange, request) -> {
          int offset = offset(exchange);
          int end = request == 0 ? 100_000 : CONTENT.length;
          send(exchange, offset == 0 ? 200 : 206, offset, end);
        });

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("none", "bytes=100000-");
  }

  @Test
  void goesOnWithThePartOfAnEarlierCall() throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, Arrays.copyOf(CONTENT, 123_456));
    serve((exchange, request) -> send(exchange, 206, offset(exchange), CONTENT.length));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("bytes=123456-");
  }

  @Test
  void publishesAPartThatIsCompleteAlready() throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, CONTENT);
    serve((exchange, request) -> refuse(exchange, 416));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(part).doesNotExist();
  }

  @Test
  void startsAgainWhenTheServerKnowsNoRanges() {
    serve((exchange, request) -> send(exchange, 200, 0, request == 0 ? 100_000 : CONTENT.length));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("none", "bytes=100000-");
  }

  @Test
  void keepsThePartWhenTheConnectionBreaksAgainAndAgain() {
    serve(
        (exchange, request) -> {
          int offset = offset(exchange);
          send(exchange, offset == 0 ? 200 : 206, offset, offset + 1000);
        });

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(source().toString(), "attempt 5", "5000 bytes are kept", ".part");
    assertThat(part).hasSize(5000);
    assertThat(file).doesNotExist();
  }

  @Test
  void whatWasThereBeforeIsSetAsideIfItIsOfSomethingElse() throws IOException {
    Files.createDirectories(part.getParent());
    Files.writeString(part, "of another download");
    serve((exchange, request) -> send(exchange, 206, offset(exchange), CONTENT.length));
    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the file is set aside");
    assertThat(part).doesNotExist();
    assertThat(Path.of(part + ".damaged-1")).hasSize(CONTENT.length);
  }

  @Test
  void whatWasThereBeforeIsSetAsideIfTheServerStartsAgain() throws IOException {
    Files.createDirectories(part.getParent());
    Files.writeString(part, "of another download");
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(Path.of(part + ".damaged-1")).hasContent("of another download");
  }

  @Test
  void partThatIsLongerThanTheFileIsSetAside() throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, new byte[CONTENT.length + 1]);
    serve((exchange, request) -> send(exchange, 200, 0, CONTENT.length));

    download(LIMITS).to(file, (bytes, total) -> {});

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(Path.of(part + ".damaged-1")).hasSize(CONTENT.length + 1);
  }

  @Test
  void refusesAnotherRangeThanItAskedFor() throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, Arrays.copyOf(CONTENT, 1000));
    serve((exchange, request) -> send(exchange, 206, 2000, CONTENT.length));

    assertThatThrownBy(() -> download(LIMITS).to(file, (bytes, total) -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("from 1000 on", "bytes 2000-");
    assertThat(part).hasSize(1000);
  }
}
