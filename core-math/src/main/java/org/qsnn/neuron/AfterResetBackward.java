package org.qsnn.neuron;

/**
 * The backward pass of {@link LifKernel}.
 *
 * @param scales α of each timestep but the last
 */
record AfterResetBackward(LifEquations equations, LifLayer layer, float[] scales)
    implements BackwardRule {
  @Override
  public MembraneScale forward(int timestep, float[] u, float[] v, int n) {
    if (!layer.carries(timestep)) {
      return MembraneScale.NONE;
    }
    equations.store(u, 0, layer.levels(), v, 0, n);
    return new MembraneScale(scales[timestep], layer.levels());
  }

  @Override
  public void backward(
      int timestep,
      float[] g,
      float constant,
      float[] dm,
      float[] u,
      float[] v,
      float[] slopes,
      int n) {
    equations.backward(g, constant, dm, u, v, slopes, layer.levels(), layer.carries(timestep), n);
  }
}
