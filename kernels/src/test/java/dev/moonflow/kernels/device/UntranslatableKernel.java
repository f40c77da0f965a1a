package dev.moonflow.kernels.device;

import java.util.concurrent.atomic.AtomicInteger;

/** For tests: a kernel that Aparapi cannot translate, and would run in Java. */
final class UntranslatableKernel extends DeviceKernel {
  static final AtomicInteger RUNS_IN_JAVA = new AtomicInteger();

  final int[] values = new int[1];

  UntranslatableKernel(OpenClDevice device) {
    open(device, new LaunchCounters());
  }

  @Override
  public void run() {
    RUNS_IN_JAVA.incrementAndGet();
    String text = "value " + values[0];
    values[0] = text.length();
  }
}
