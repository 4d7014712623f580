package org.qsnn.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.qsnn.json.Json;
import org.qsnn.run.RunDirectory;
import org.qsnn.tensor.RandomStream;

/**
 * Trains nothing: writes the metrics that a function makes up. Of the trials that run at a time a
 * random one ends next.
 */
final class PretendedRunner implements TrialRunner {
  private final int slots;
  private final RandomStream random;
  private final Function<TrialStep, TrialEnd> end;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<TrialStep> running = new ArrayList<>();
  private final List<CompletableFuture<TrialEnd>> futures = new ArrayList<>();
  private int mostAtATime;
  private int epochs;
  private int steps;

  PretendedRunner(int slots, long seed, Function<TrialStep, TrialEnd> end) {
    this.slots = slots;
    this.random = RandomStream.of(seed);
    this.end = end;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public synchronized CompletableFuture<TrialEnd> start(TrialStep step) {
    CompletableFuture<TrialEnd> future = new CompletableFuture<>();
    running.add(step);
    futures.add(future);
    mostAtATime = Math.max(mostAtATime, running.size());
    steps++;
    clock.schedule(this::endOne, 2L * slots - 2, TimeUnit.MILLISECONDS);
    return future;
  }

  private void endOne() {
    TrialStep step;
    CompletableFuture<TrialEnd> future;
    synchronized (this) {
      int index = random.nextInt(running.size());
      step = running.remove(index);
      future = futures.remove(index);
    }
    TrialEnd ended;
    try {
      ended = end.apply(step);
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
      return;
    }
    write(step, RunDirectory.CONFIGURATION, step.trial().config().render().getBytes(UTF_8));
    if (ended.kind() == TrialEnd.Kind.DIVERGED) {
      ObjectNode json = Json.object();
      json.put("state", "diverged");
      json.put("reason", ended.reason());
      write(step, RunDirectory.ENDED, Json.line(json));
    }
    if (ended.kind() == TrialEnd.Kind.DONE) {
      for (int epoch = step.intact(); epoch < step.until(); epoch++) {
        write(step, epoch);
      }
    }
    future.complete(ended);
  }

  private void write(TrialStep step, int epoch) {
    epochs++;
    ObjectNode row = Json.object();
    row.put("epoch", epoch);
    row.put("validation_accuracy", accuracy(step.trial().number(), epoch));
    row.putObject("seconds").put("total", 1.0);
    ObjectNode layer = row.putArray("layers").addObject();
    layer.put("validation_firing_rate", 0.1);
    for (int i = 1; i < step.trial().network().layers().size(); i++) {
      row.withArray("layers").addObject().put("validation_firing_rate", 0.1);
    }
    row.put("parameters_sha256", step.trial().name() + "-" + epoch);
    write(step, RunDirectory.metrics(epoch), Json.line(row));
  }

  private static void write(TrialStep step, String name, byte[] bytes) {
    Path file = Path.of(step.trial().folder(), name);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rises with the epochs; what is good after one of them is likely to be so in the end. */
  static double accuracy(int trial, int epoch) {
    double limit = 0.5 + 0.5 * RandomStream.of(trial).nextDouble();
    double noise = 0.1 * RandomStream.of(trial, epoch).nextDouble();
    return limit * (1 - Math.pow(0.6, epoch + 1)) * (0.9 + noise);
  }

  int epochs() {
    return epochs;
  }

  int steps() {
    return steps;
  }

  int mostAtATime() {
    return mostAtATime;
  }

  @Override
  public void pause() {
    // nothing computes
  }

  @Override
  public void close() {
    clock.shutdown();
  }
}
