package org.qsnn.neuron;

/**
 * The backward pass of {@link BeforeFiring}.
 *
 * @param scales α of each timestep
 */
record BeforeFiringBackward(BeforeFiringEquations quantized, LifLayer layer, float[] scales)
    implements BackwardRule {
  @Override
  public MembraneScale forward(int timestep, float[] u, float[] v, int n) {
    quantized.quantize(u, 0, new MembraneScale(scales[timestep], layer.levels()), u, v, n);
    return MembraneScale.FLOAT;
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
    quantized.backward(g, constant, dm, u, slopes, layer.carries(timestep), n);
  }
}
