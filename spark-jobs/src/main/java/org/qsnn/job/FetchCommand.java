package org.qsnn.job;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.qsnn.ConfigurationException;
import org.qsnn.dataset.Dataset;
import org.qsnn.dataset.Datasets;
import org.qsnn.dataset.OfficialArchive;
import org.qsnn.download.Download;
import org.qsnn.storage.FilePaths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code qsnn fetch NAME DIR} */
@Command(
    name = "fetch",
    description = {
      "Downloads the official binary archive of a data set and checks its published MD5.",
      "",
      "An interrupted download is kept, and the same command resumes it. The archive need not be"
          + " unpacked: dataset.path may name its folder. The environment variables http_proxy, https_proxy, all_proxy and no_proxy are respected."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  qsnn fetch cifar10 data/cifar10",
      "  qsnn fetch cifar100 data/cifar100 --url http://host/c.tar.gz"
    })
final class FetchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "cifar10 or cifar100")
  private String name;

  @Parameters(paramLabel = "DIR", description = "Local folder for the archive; created if missing.")
  private String folder;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Download from here instead; the MD5 must be the same.")
  private String url;

  @Override
  public void run() {
    OfficialArchive archive = archive();
    URI source = url == null ? archive.source() : address();
    Path target = FilePaths.onLocalDisk(folder).resolve(archive.fileName());
    Download download = new Download(source, archive.bytes(), archive.md5(), Download.Limits.USUAL);
    if (Terminal.isStandardError()) {
      fetchWithBar(download, target);
    } else {
      download.to(target, (bytes, total) -> {});
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(target + ": complete, MD5 as published");
    out.println(
        String.format(
            Locale.ROOT,
            "Train on it with --set dataset.kind=%s --set %s",
            name,
            ShellWord.quoted("dataset.path=" + folder)));
  }

  private URI address() {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new ConfigurationException(
          String.format(Locale.ROOT, "--url: must be an address; found %s: %s", url, e.getReason()),
          e);
    }
  }

  private OfficialArchive archive() {
    List<String> keys = new ArrayList<>();
    for (Dataset dataset : Datasets.all()) {
      if (dataset.archive().isPresent()) {
        if (dataset.key().equals(name)) {
          return dataset.archive().get();
        }
        keys.add(dataset.key());
      }
    }
    throw new ConfigurationException(
        "NAME: must be " + String.join(" or ", keys) + "; found " + name);
  }

  private static void fetchWithBar(Download download, Path target) {
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(target.getFileName().toString())
            .setUnit(" MB", 1_000_000)
            .setConsumer(new ConsoleProgressBarConsumer(Terminal.standardError()))
            .build()) {
      download.to(target, (bytes, total) -> bar.maxHint(total).stepTo(bytes));
    }
  }
}
