package org.qsnn.train;

import java.util.Arrays;
import java.util.Locale;
import org.qsnn.DataException;
import org.qsnn.checkpoint.TrainingState;
import org.qsnn.metric.EpochSums;
import org.qsnn.metric.SignFlips;
import org.qsnn.model.NetworkSpec;
import org.qsnn.parameter.NetworkLayout;

/** Tells whether a state is one that a training of a network, with its options, can come to. */
public record StateCheck(NetworkLayout layout, TrainingOptions options) {

  /**
   * @param name of the state's file, for messages
   * @throws DataException if its parts are of another network, or its numbers of another training
   */
  public void require(TrainingState state, String name) {
    NetworkSpec network = layout.spec();
    int sums = EpochSums.empty(network.layers().size(), network.timesteps()).flatten().length;
    require(name, "numbers in epoch.sums", state.epochSums().length, sums, sums);
    long signs = SignFlips.bytes(network);
    require(name, "bytes in epoch.start-signs", state.epochStartSigns().length, signs, signs);
    int steps = options.steps();
    require(name, "epoch", state.epoch(), 0, options.epochs());
    require(name, "step", state.step(), 0, steps);
    long done = (long) state.epoch() * steps + state.step();
    require(name, "steps", state.steps(), done, done);
    require(name, "best-epoch", state.bestEpoch(), TrainingState.NONE, state.epoch() - 1);
    long summed = EpochSums.restore(state.epochSums()).steps();
    require(name, "steps in epoch.sums", summed, state.step(), state.step());
    if (!Arrays.stream(state.epochSums()).allMatch(Double::isFinite)) {
      throw new DataException(name + ": epoch.sums: expected finite numbers, found others");
    }
  }

  private static void require(String name, String what, long found, long least, long most) {
    if (found < least || found > most) {
      String expected = least == most ? Long.toString(most) : least + " to " + most;
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: does not fit this training: %s: expected %s, found %d",
              name,
              what,
              expected,
              found));
    }
  }
}
