package org.qsnn.train;

import java.util.Arrays;
import org.qsnn.network.ShardGradient;
import org.qsnn.parameter.NetworkLayout;
import org.qsnn.parameter.ParameterLayout.Window;
import org.qsnn.parameter.Parameters;

/**
 * What a network of fewer timesteps has computed, as one of all timesteps has it: a timestep that
 * did not run has the numbers of the last one that did.
 */
record MissingTimesteps(NetworkLayout few, NetworkLayout all) {

  ShardGradient fill(ShardGradient gradient) {
    return gradient.with(statistics(gradient.statistics()), rates(gradient.rates()));
  }

  /** Scales where no membrane is carried at all are 0. */
  private float[] statistics(float[] found) {
    Parameters filled = Parameters.zeros(all.statistics());
    for (Window from : few.statistics().windows()) {
      Window to = all.statistics().window(from.name());
      System.arraycopy(found, from.offset(), filled.values(), to.offset(), from.length());
      float last = found[from.end() - 1];
      Arrays.fill(filled.values(), to.offset() + from.length(), to.end(), last);
    }
    return filled.values();
  }

  private double[] rates(double[] found) {
    int from = few.spec().timesteps();
    int to = all.spec().timesteps();
    double[] filled = new double[found.length / from * to];
    Arrays.setAll(filled, i -> found[i / to * from + Math.min(i % to, from - 1)]);
    return filled;
  }
}
