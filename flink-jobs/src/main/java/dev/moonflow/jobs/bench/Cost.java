package dev.moonflow.jobs.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What something took.
 *
 * @param wallSeconds time that passed
 * @param cpuSeconds time of processors, all threads together; NaN where the system does not say
 */
public record Cost(double wallSeconds, double cpuSeconds) {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final double TICKS_PER_SECOND = 100; // of every Linux

  /** Work that may fail. */
  public interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /** What some work costs this process. */
  public static Cost of(Work work) throws Exception {
    double cpu = process();
    long begin = System.nanoTime();
    work.run();
    return new Cost((System.nanoTime() - begin) / 1e9, process() - cpu);
  }

  /** What some work costs processes that it starts and waits for. */
  public static Cost ofChildren(Work work) throws Exception {
    double cpu = children();
    long begin = System.nanoTime();
    work.run();
    return new Cost((System.nanoTime() - begin) / 1e9, children() - cpu);
  }

  private static double process() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }

  /** cutime and cstime of proc(5): of the children that have ended and were waited for. */
  private static double children() {
    try {
      String stat = Files.readString(STAT);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
    } catch (IOException | RuntimeException e) {
      return Double.NaN;
    }
  }

  /** The same for one of {@code n}. */
  public Cost per(double n) {
    return new Cost(wallSeconds / n, cpuSeconds / n);
  }

  /** The medians of wall and processor time, each by itself. */
  public static Cost median(List<Cost> costs) {
    return new Cost(
        quantile(costs.stream().mapToDouble(Cost::wallSeconds).toArray(), 0.5),
        quantile(costs.stream().mapToDouble(Cost::cpuSeconds).toArray(), 0.5));
  }

  /**
   * A quantile of some values, between the two nearest by linear interpolation; NaN of none.
   *
   * @param q from 0, the smallest, to 1, the largest
   */
  public static double quantile(double[] values, double q) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
