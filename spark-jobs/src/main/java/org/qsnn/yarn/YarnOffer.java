package org.qsnn.yarn;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What a YARN cluster has for executors, as its ResourceManager tells it.
 *
 * @param free of the node that has most memory free
 * @param largest container that it starts
 */
public record YarnOffer(int nodes, Resource free, Resource largest) {
  private static final Logger LOG = LogManager.getLogger();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Resource NOTHING = Resource.newInstance(0, 0);

  /** Empty if it does not tell in 10 s. */
  public static Optional<YarnOffer> ask(Configuration hadoop) {
    CompletableFuture<YarnOffer> answer = CompletableFuture.supplyAsync(() -> answer(hadoop));
    try {
      return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("YARN does not say what it has", e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static YarnOffer answer(Configuration hadoop) {
    try (YarnClient yarn = YarnClient.createYarnClient()) {
      yarn.init(new YarnConfiguration(hadoop));
      yarn.start();
      List<NodeReport> nodes = yarn.getNodeReports(NodeState.RUNNING);
      // Only a new application is told; one that is never submitted is forgotten.
      Resource largest =
          yarn.createApplication().getNewApplicationResponse().getMaximumResourceCapability();
      Resource free =
          nodes.stream()
              .map(YarnOffer::free)
              .max(Comparator.comparing(Resource::getMemorySize))
              .orElse(NOTHING);
      return new YarnOffer(nodes.size(), free, largest);
    } catch (IOException | YarnException e) {
      throw new IllegalStateException("the ResourceManager does not answer", e);
    }
  }

  private static Resource free(NodeReport node) {
    Resource all = node.getCapability();
    Resource used = Optional.ofNullable(node.getUsed()).orElse(NOTHING);
    return Resource.newInstance(
        all.getMemorySize() - used.getMemorySize(), all.getVirtualCores() - used.getVirtualCores());
  }

  /** Heap and overhead together. */
  public long largestBytes() {
    return largest.getMemorySize() << 20;
  }

  /** In words. */
  public String described() {
    return String.format(
        Locale.ROOT,
        "it has %d nodes; free on the one with most memory are %d MB and %d cores; a container may have"
            + " %d MB and %d cores",
        nodes,
        free.getMemorySize(),
        free.getVirtualCores(),
        largest.getMemorySize(),
        largest.getVirtualCores());
  }
}
