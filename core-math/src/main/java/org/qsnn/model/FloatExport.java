package org.qsnn.model;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qsnn.model.TensorFileHeader.Entry;

/**
 * A packed model as plain safetensors for other programs, all of it float32: effective weights
 * (sign times scale, code times scale), folded batch normalizations, biases and membrane scales.
 * Names and shapes are those of the packed model's weights in FORMAT.md; its metadata is copied.
 * Equal models give equal bytes. It cannot be read back as a packed model.
 */
public final class FloatExport {
  private FloatExport() {}

  /** Writes the file; the stream is left open. */
  public static void write(PackedModel model, OutputStream out) throws IOException {
    List<Tensor> tensors = tensors(model);
    Map<String, String> metadata = new LinkedHashMap<>();
    // As the libraries of Hugging Face mark files for PyTorch.
    metadata.put(TensorFileHeader.FORMAT, "pt");
    metadata.putAll(model.toFile().metadata());
    List<Entry> entries = new ArrayList<>();
    long end = 0;
    for (Tensor tensor : tensors) {
      long begin = end;
      end += tensor.byteLength();
      entries.add(new Entry(tensor.name(), tensor.dtype(), tensor.shape(), begin, end));
    }
    out.write(new TensorFileHeader(metadata, entries).toBytes());
    for (Tensor tensor : tensors) {
      tensor.writeTo(out);
    }
  }

  private static List<Tensor> tensors(PackedModel model) {
    List<Tensor> tensors = new ArrayList<>();
    for (QuantizedTensor weight : model.weights()) {
      tensors.add(Tensor.floats(weight.name(), weight.shape(), weight.dequantize()));
    }
    NetworkSpec spec = model.spec();
    for (int i = 0; i < spec.convolutions().size(); i++) {
      String name = spec.convolutions().get(i).name();
      FoldedBatchNorm norm = model.batchNorms().get(i);
      tensors.add(vector(name + ".bn.scale", norm.scale()));
      tensors.add(vector(name + ".bn.offset", norm.offset()));
    }
    for (int i = 0; i < spec.readout().layers().size(); i++) {
      tensors.add(vector(spec.readout().layers().get(i).name() + ".bias", model.biases().get(i)));
    }
    for (int i = 0; i < spec.layers().size(); i++) {
      if (spec.membraneScales(i) > 0) {
        String name = spec.layers().get(i).name() + ".membrane_scale";
        tensors.add(vector(name, model.membraneScales().get(i)));
      }
    }
    return tensors;
  }

  private static Tensor vector(String name, float[] values) {
    return Tensor.floats(name, new int[] {values.length}, values);
  }
}
