package org.qsnn.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a sweep is.
 *
 * @param ended what a trial that has just ended a part achieved, for people; empty if none has
 * @param rungs how many trials have come to each rung's end
 * @param running names of trials
 * @param failed how many trials
 * @param epochsDone of all trials
 * @param epochsLeft at least, as far as that is decided
 * @param left estimated; empty as long as nothing has ended
 * @param best so far, for people; empty as long as there is none
 */
public record SweepProgress(
    Optional<String> ended,
    List<Integer> rungs,
    List<String> running,
    int failed,
    long epochsDone,
    long epochsLeft,
    Optional<Duration> left,
    Optional<String> best) {
  public SweepProgress {
    rungs = List.copyOf(rungs);
    running = List.copyOf(running);
  }
}
