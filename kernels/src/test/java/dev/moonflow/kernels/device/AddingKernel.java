package dev.moonflow.kernels.device;

/** For tests: every pass adds {@code term} to {@code n} values. */
final class AddingKernel extends DeviceKernel {
  static final int CAPACITY = 1000;

  final int[] values = new int[CAPACITY];
  int term = 1;
  int n;

  AddingKernel(OpenClDevice device, LaunchCounters counters) {
    open(device, counters);
  }

  /** Adds {@code passes} times; {@code values} are up to date after {@link #fetch}. */
  void add(int count, int passes) {
    n = count;
    put(values);
    launch((CAPACITY + groupSize() - 1) / groupSize(), passes);
  }

  void fetch() {
    get(values);
  }

  @Override
  public void run() {
    int i = getGlobalId();
    if (i < n) {
      values[i] = values[i] + term;
    }
  }
}
