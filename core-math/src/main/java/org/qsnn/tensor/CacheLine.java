package org.qsnn.tensor;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Arrays in which a cache line begins at an index that is known. A vector that lies across two
 * lines takes longer to load, and the heap aligns objects to eight bytes only; but the G1 collector
 * puts an array of half a region or more at the start of a region, and leaves it there. With
 * another collector the arrays work as well, at the speed that their place allows. Short arrays
 * become long ones: only for those that are kept.
 */
public final class CacheLine {
  /** Index of the first float that begins a line: the array's header fills the rest of one. */
  public static final int START = 12;

  /** Larger regions than the collector takes for 16 GiB; longer arrays would waste too much. */
  private static final long LARGEST_REGION = 8 << 20;

  private static final int SHORTEST = shortest();

  private CacheLine() {}

  /** So long must an array be that from {@link #START} on there are {@code length} elements. */
  public static int arrayLength(int length) {
    return Math.max(SHORTEST, START + length);
  }

  private static int shortest() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    boolean hasRegions = options.getVMOption("UseG1GC").getValue().equals("true");
    long region =
        hasRegions ? Long.parseLong(options.getVMOption("G1HeapRegionSize").getValue()) : 0;
    return region <= LARGEST_REGION ? (int) (region / 2 / Float.BYTES) : 0;
  }
}
