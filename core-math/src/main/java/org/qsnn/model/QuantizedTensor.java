package org.qsnn.model;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One synaptic weight tensor as it travels to executors and lies in files. Its shape is {@code
 * [out, …]}; values are in C order.
 *
 * <p>Binary forms hold one bit a weight: weight {@code i} of the whole tensor is bit {@code i % 8}
 * (least significant first) of byte {@code i / 8}; 1 is +, 0 is −; unused bits of the last byte are
 * 0.
 */
public final class QuantizedTensor implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How the values are stored. */
  public enum Form {
    /** Bits and one integer exponent e per output channel: ±2^e. */
    BINARY_EXPONENT,
    /** Bits and one float scale per output channel: ±scale. */
    BINARY_SCALE,
    /** Signed bytes −127…127 and one float scale for the tensor: value · scale / 127. */
    INT8,
    /** The weights themselves. */
    FLOAT;

    /** Of one weight; scales are not counted. */
    public int bits() {
      return switch (this) {
        case BINARY_EXPONENT, BINARY_SCALE -> 1;
        case INT8 -> 8;
        case FLOAT -> 32;
      };
    }

    /** Bytes of a tensor of {@code elements} weights in {@code outChannels} output channels. */
    public long packedBytes(long elements, int outChannels) {
      return switch (this) {
        case BINARY_EXPONENT -> (elements + 7) / 8 + outChannels;
        case BINARY_SCALE -> (elements + 7) / 8 + 4L * outChannels;
        case INT8 -> elements + 4;
        case FLOAT -> 4 * elements;
      };
    }
  }

  private final String name;
  private final int[] shape;
  private final Form form;
  private final byte[] codes;
  private final byte[] exponents;
  private final float[] floats;

  private QuantizedTensor(
      String name, int[] shape, Form form, byte[] codes, byte[] exponents, float[] floats) {
    this.name = name;
    this.shape = shape.clone();
    this.form = form;
    this.codes = codes;
    this.exponents = exponents;
    this.floats = floats;
  }

  /** {@code bits} as in the class comment, {@code exponents[out]}. The arrays are not copied. */
  public static QuantizedTensor binary(String name, int[] shape, byte[] bits, byte[] exponents) {
    checkLength(name, "bits", bits.length, (elements(shape) + 7) / 8);
    checkLength(name, "exponents", exponents.length, shape[0]);
    return new QuantizedTensor(name, shape, Form.BINARY_EXPONENT, bits, exponents, new float[0]);
  }

  /** {@code bits} as in the class comment, {@code scales[out]}. The arrays are not copied. */
  public static QuantizedTensor binary(String name, int[] shape, byte[] bits, float[] scales) {
    checkLength(name, "bits", bits.length, (elements(shape) + 7) / 8);
    checkLength(name, "scales", scales.length, shape[0]);
    return new QuantizedTensor(name, shape, Form.BINARY_SCALE, bits, new byte[0], scales);
  }

  /** {@code codes} −127…127; {@code scale} is the largest magnitude. The array is not copied. */
  public static QuantizedTensor int8(String name, int[] shape, byte[] codes, float scale) {
    checkLength(name, "codes", codes.length, elements(shape));
    return new QuantizedTensor(name, shape, Form.INT8, codes, new byte[0], new float[] {scale});
  }

  /** Float weights. The array is not copied. */
  public static QuantizedTensor floats(String name, int[] shape, float[] values) {
    checkLength(name, "values", values.length, elements(shape));
    return new QuantizedTensor(name, shape, Form.FLOAT, new byte[0], new byte[0], values);
  }

  public String name() {
    return name;
  }

  public int[] shape() {
    return shape.clone();
  }

  public Form form() {
    return form;
  }

  /** Bits or int8 values; empty for {@link Form#FLOAT}. Not a copy. */
  public byte[] codes() {
    return codes;
  }

  /** One per output channel for {@link Form#BINARY_EXPONENT}, else empty. Not a copy. */
  public byte[] exponents() {
    return exponents;
  }

  /** Scales per output channel, the one scale of int8, or the weights. Not a copy. */
  public float[] floats() {
    return floats;
  }

  /** Whether all weights of an output channel are ± one scale. */
  public boolean isBinary() {
    return form == Form.BINARY_EXPONENT || form == Form.BINARY_SCALE;
  }

  public int elements() {
    return elements(shape);
  }

  /** Bytes of the stored arrays. */
  public int packedBytes() {
    return codes.length + exponents.length + 4 * floats.length;
  }

  /** The effective weights as floats, in C order. */
  public float[] dequantize() {
    int count = elements();
    float[] values = new float[count];
    switch (form) {
      case FLOAT -> System.arraycopy(floats, 0, values, 0, count);
      case INT8 -> {
        float scale = floats[0];
        for (int i = 0; i < count; i++) {
          values[i] = codes[i] / 127f * scale;
        }
      }
      case BINARY_EXPONENT, BINARY_SCALE -> {
        int fanIn = count / shape[0];
        for (int channel = 0; channel < shape[0]; channel++) {
          int scale = Float.floatToRawIntBits(scale(channel));
          for (int i = channel * fanIn; i < (channel + 1) * fanIn; i++) {
            int isNegative = ~(codes[i >> 3] >> (i & 7)) & 1;
            values[i] = Float.intBitsToFloat(scale ^ (isNegative << 31));
          }
        }
      }
    }
    return values;
  }

  /** The magnitude of an output channel's weights; binary forms only. */
  public float scale(int channel) {
    return form == Form.BINARY_EXPONENT ? Math.scalb(1f, exponents[channel]) : floats[channel];
  }

  private static int elements(int[] shape) {
    int count = 1;
    for (int extent : shape) {
      count = Math.multiplyExact(count, extent);
    }
    return count;
  }

  private static void checkLength(String name, String what, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          name + ": expected " + expected + " " + what + ", found " + found);
    }
  }

  /** By name, shape, form and content. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof QuantizedTensor tensor
            && name.equals(tensor.name)
            && form == tensor.form
            && Arrays.equals(shape, tensor.shape)
            && Arrays.equals(codes, tensor.codes)
            && Arrays.equals(exponents, tensor.exponents)
            && Arrays.equals(floats, tensor.floats));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(codes);
  }
}
