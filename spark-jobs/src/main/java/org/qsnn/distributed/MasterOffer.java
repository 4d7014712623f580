package org.qsnn.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.master.MasterMessages;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEnv;
import org.qsnn.json.Json;
import org.qsnn.yarn.YarnOffer;
import scala.reflect.ClassTag$;

/**
 * What a cluster has for executors: a standalone one as its Master's page for programs tells it,
 * YARN as {@link YarnOffer} does.
 */
public final class MasterOffer {
  private static final Logger LOG = LogManager.getLogger();
  private static final String SCHEME = "spark://";
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int LONGEST_PAGE = 1 << 24;

  private MasterOffer() {}

  /** In words; empty if the cluster is of another kind, or does not tell in some seconds. */
  public static Optional<String> of(SparkContext spark) {
    String master = spark.master();
    if (!master.startsWith(SCHEME)) {
      return ofYarn(spark).map(YarnOffer::described);
    }
    RpcEnv rpc = spark.env().rpcEnv();
    return Stream.of(master.substring(SCHEME.length()).split(","))
        .flatMap(address -> ask(rpc, RpcAddress.fromSparkURL(SCHEME + address)).stream())
        .filter(page -> page.path("status").asText().equals("ALIVE"))
        .map(MasterOffer::described)
        .findFirst();
  }

  /** Empty if the cluster is of another kind, or does not tell. */
  public static Optional<YarnOffer> ofYarn(SparkContext spark) {
    return spark.master().equals("yarn")
        ? YarnOffer.ask(spark.hadoopConfiguration())
        : Optional.empty();
  }

  private static Optional<JsonNode> ask(RpcEnv rpc, RpcAddress master) {
    CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(() -> page(rpc, master));
    try {
      return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("{} does not say what it has", master, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The Master knows where its page is, which need not be at the usual port. */
  private static JsonNode page(RpcEnv rpc, RpcAddress master) {
    MasterMessages.BoundPortsResponse ports =
        rpc.setupEndpointRef(master, "Master")
            .askSync(
                MasterMessages.BoundPortsRequest$.MODULE$,
                ClassTag$.MODULE$.apply(MasterMessages.BoundPortsResponse.class));
    URI page = URI.create("http://" + master.host() + ":" + ports.webUIPort() + "/json/");
    try {
      URLConnection connection = page.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      try (InputStream in = connection.getInputStream()) {
        return Json.parse(new String(in.readNBytes(LONGEST_PAGE), UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(page + " cannot be read", e);
    }
  }

  static String described(JsonNode page) {
    int workers = page.path("aliveworkers").asInt();
    if (workers == 0) {
      return "it has no workers";
    }
    JsonNode freest =
        elements(page, "workers")
            .filter(worker -> worker.path("state").asText().equals("ALIVE"))
            .max(Comparator.comparing(worker -> worker.path("memoryfree").asLong()))
            .orElse(page);
    long waiting =
        elements(page, "activeapps")
            .filter(application -> application.path("state").asText().equals("WAITING"))
            .count();
    return String.format(
        Locale.ROOT,
        "free on its workers (%d) are %d of %d cores and %d of %d MB, on the one with most memory %d cores and %d MB; waiting applications: %d",
        workers,
        page.path("cores").asInt() - page.path("coresused").asInt(),
        page.path("cores").asInt(),
        page.path("memory").asLong() - page.path("memoryused").asLong(),
        page.path("memory").asLong(),
        freest.path("coresfree").asInt(),
        freest.path("memoryfree").asLong(),
        waiting);
  }

  private static Stream<JsonNode> elements(JsonNode page, String name) {
    return StreamSupport.stream(page.path(name).spliterator(), false);
  }
}
