package org.qsnn.neuron;

/** The kernel in plain Java, for JVMs without the Vector API. */
final class PlainLifKernel implements LifKernel {
  @Override
  public LifStep forward(LifLayer layer, int timestep, MembraneScale carried) {
    ForwardPass pass = new ForwardPass(layer, timestep, carried);
    for (int plane = 0; plane < pass.planes(); plane++) {
      pass.seek(plane);
      pass.rest(0);
    }
    return pass.result();
  }

  @Override
  public ChannelSums backward(LifLayer layer, LifGradient gradient) {
    BackwardPass pass = new BackwardPass(layer, gradient);
    for (int plane = 0; plane < pass.planes(); plane++) {
      pass.seek(plane);
      pass.rest(0);
      pass.finishPlane();
    }
    return pass.sums;
  }
}
