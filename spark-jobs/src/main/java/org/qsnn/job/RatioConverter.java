package org.qsnn.job;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number such as 0.125 or 1/8. */
final class RatioConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    String[] parts = text.split("/", -1);
    try {
      double value = Double.parseDouble(parts[0].trim());
      if (parts.length == 2) {
        value /= Double.parseDouble(parts[1].trim());
      }
      if (parts.length <= 2 && value > 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException("must be a number such as 0.125 or 1/8; found " + text);
    }
    throw new TypeConversionException(
        "must be a positive number such as 0.125 or 1/8; found " + text);
  }
}
