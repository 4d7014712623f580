package org.qsnn.job;

import java.util.Iterator;
import java.util.Locale;
import org.qsnn.EnumKey;
import org.qsnn.catalog.CatalogOrder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The ways to sort runs, on the command line and in its help. */
final class CatalogOrders implements ITypeConverter<CatalogOrder>, Iterable<String> {
  @Override
  public CatalogOrder convert(String key) {
    return EnumKey.find(CatalogOrder.values(), key)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    String.format(
                        Locale.ROOT, "must be one of %s; found %s", String.join(", ", this), key)));
  }

  @Override
  public Iterator<String> iterator() {
    return EnumKey.all(CatalogOrder.values()).iterator();
  }
}
