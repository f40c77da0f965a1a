package dev.moonflow.kernels.dense;

import dev.moonflow.kernels.math.WorkerPool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Times products of packed weights at Kimi-VL's shapes beside what this machine can do at most,
 * measured in the same run. Weights of few rows come from memory, not from the cache.
 *
 * <p>Every figure is the best of many short runs: on a machine that is shared, medians measure the
 * neighbours.
 */
public final class DenseBenchmark {
  /** Bytes over which copies of a matrix are spread: several times a last-level cache. */
  private static final long SPREAD_BYTES = 256L << 20;

  private static final int ROWS_FROM_MEMORY = 64;

  /** Runs before the first that counts, so that the compiler is done, and runs that count. */
  private static final int WARMING_RUNS = 30;

  private static final int RUNS_MIN = 5;

  /** Bytes of one timed read. */
  private static final int READ_BYTES = 16 << 20;

  /** Products of a model: rows, inputs, outputs. */
  private static final int[][] SHAPES = {
    {1, 2048, 1408},
    {2, 2048, 1408},
    {4, 2048, 1408},
    {8, 2048, 1408},
    {16, 2048, 1408},
    {48, 2048, 1408},
    {512, 2048, 1408},
    {1, 2048, 16_384},
    {1024, 1152, 3456},
    {1024, 1152, 4304},
    {1024, 4304, 1152},
  };

  private final double seconds;
  private final Random random = new Random(1);

  /** The result of a computation that nobody wants, kept so that it is made. */
  private volatile float sink;

  private int readFrom;

  /**
   * A benchmark.
   *
   * @param seconds for each figure, roughly
   */
  public DenseBenchmark(double seconds) {
    this.seconds = seconds;
  }

  /**
   * What the machine does at most, with all threads of the pool.
   *
   * @param readBytes bytes per second read from memory
   * @param floatOps 32-bit multiplications and additions per second
   * @param integerOps the same of 8-bit integers, or NaN without oneDNN
   * @param bf16Ops the same of BF16, or NaN
   */
  public record Ceilings(double readBytes, double floatOps, double integerOps, double bf16Ops) {}

  /**
   * One figure.
   *
   * @param bytes of the weights
   * @param best seconds
   */
  public record Line(
      WeightFormat format, String provider, int rows, int in, int out, long bytes, double best) {
    /** Multiplications and additions per second. */
    public double ops() {
      return 2.0 * rows * in * out / best;
    }

    /** Bytes of weights per second. */
    public double read() {
      return bytes / best;
    }
  }

  /** Measures the ceilings. */
  public Ceilings ceilings() {
    DenseProvider onednn = DenseProviders.onednn().provider();
    return new Ceilings(
        READ_BYTES / best(this::readMemory),
        floatOps(),
        onednn == null ? Double.NaN : peak(WeightFormat.INT8, onednn),
        onednn == null ? Double.NaN : peak(WeightFormat.BF16, onednn));
  }

  /** Measures all shapes, formats and providers, and hands each line on. */
  public void run(Consumer<Line> lines) {
    List<DenseProvider> providers = new ArrayList<>(List.of(DenseProviders.portable()));
    if (DenseProviders.onednn().provider() != null) {
      providers.add(DenseProviders.onednn().provider());
    }
    for (int[] shape : SHAPES) {
      for (WeightFormat format : WeightFormat.values()) {
        List<PackedWeights> copies = copies(format, shape[0], shape[1], shape[2]);
        for (DenseProvider provider : providers) {
          double best = best(shape[0], copies, provider);
          long bytes = format.bytes(shape[2], shape[1]);
          lines.accept(
              new Line(format, provider.name(), shape[0], shape[1], shape[2], bytes, best));
        }
      }
    }
  }

  private List<PackedWeights> copies(WeightFormat format, int rows, int in, int out) {
    float[] row = gaussian(in);
    PackedWeights first =
        WeightPacker.pack(format, (r, target) -> System.arraycopy(row, 0, target, 0, in), out, in);
    long bytes = format.bytes(out, in);
    long count = rows > ROWS_FROM_MEMORY ? 1 : Math.max(1, SPREAD_BYTES / bytes);
    List<PackedWeights> copies = new ArrayList<>(List.of(first));
    while (copies.size() < count) {
      ByteBuffer copy =
          ByteBuffer.allocateDirect((int) bytes + 64)
              .alignedSlice(64)
              .put(first.bytes().duplicate())
              .flip();
      copies.add(new PackedWeights(format, out, in, copy));
    }
    return copies;
  }

  private double best(int rows, List<PackedWeights> copies, DenseProvider provider) {
    List<PackedMatrix> matrices = copies.stream().map(w -> PackedMatrix.of(w, provider)).toList();
    float[] x = gaussian(rows * matrices.get(0).in());
    float[] y = new float[rows * matrices.get(0).out()];
    int[] next = {0};
    double best =
        best(() -> matrices.get(next[0]++ % matrices.size()).multiply(x, 0, rows, null, y, 0));
    sink = y[0];
    return best;
  }

  /** The rate of a product whose operands stay in the caches. */
  private double peak(WeightFormat format, DenseProvider provider) {
    int rows = 256;
    int in = 1024;
    int out = 512;
    PackedMatrix matrix = PackedMatrix.of(copies(format, rows, in, out).get(0), provider);
    float[] x = gaussian(rows * in);
    float[] y = new float[rows * out];
    return 2.0 * rows * in * out / best(() -> matrix.multiply(x, 0, rows, null, y, 0));
  }

  private void readMemory() {
    Object memory = MappedVectors.memory(MemoryHolder.BUFFER);
    int parts = 16;
    int part = READ_BYTES / parts;
    int from = readFrom;
    readFrom = (int) ((from + READ_BYTES) % SPREAD_BYTES);
    WorkerPool.shared()
        .forEach(
            parts,
            p -> {
              IntVector a = IntVector.zero(MappedVectors.INTS);
              IntVector b = a;
              int step = 4 * MappedVectors.WIDTH;
              for (int at = from + p * part; at < from + (p + 1) * part; at += 2 * step) {
                a = a.add(MappedVectors.ints(memory, at));
                b = b.add(MappedVectors.ints(memory, at + step));
              }
              sink = a.add(b).reduceLanes(VectorOperators.ADD);
            });
  }

  private static final class MemoryHolder {
    static final ByteBuffer BUFFER =
        ByteBuffer.allocateDirect((int) SPREAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    static {
      // Pages that were never written are one page of zeros.
      for (int at = 0; at < BUFFER.capacity(); at += 512) {
        BUFFER.putInt(at, at);
      }
    }
  }

  private double floatOps() {
    int tasks = WorkerPool.shared().threads() * 4;
    int turns = 20_000;
    double time =
        best(() -> WorkerPool.shared().forEach(tasks, t -> sink = multiplyInRegisters(turns, t)));
    return 2.0 * 8 * MappedVectors.WIDTH * turns * tasks / time;
  }

  /** Eight independent chains of fused multiply-adds. */
  private static float multiplyInRegisters(int turns, int seed) {
    FloatVector m = FloatVector.broadcast(MappedVectors.FLOATS, 0.999f);
    FloatVector a = FloatVector.broadcast(MappedVectors.FLOATS, seed);
    FloatVector b = a.add(1);
    FloatVector c = a.add(2);
    FloatVector d = a.add(3);
    FloatVector e = a.add(4);
    FloatVector f = a.add(5);
    FloatVector g = a.add(6);
    FloatVector h = a.add(7);
    for (int i = 0; i < turns; i++) {
      a = a.fma(m, m);
      b = b.fma(m, m);
      c = c.fma(m, m);
      d = d.fma(m, m);
      e = e.fma(m, m);
      f = f.fma(m, m);
      g = g.fma(m, m);
      h = h.fma(m, m);
    }
    FloatVector all = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h);
    return all.lane(0);
  }

  private float[] gaussian(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private double best(Runnable work) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    for (int n = 0; n < WARMING_RUNS; n++) {
      work.run();
    }
    double best = Double.POSITIVE_INFINITY;
    for (int n = 0; n < RUNS_MIN || System.nanoTime() < end; n++) {
      long begin = System.nanoTime();
      work.run();
      best = Math.min(best, (System.nanoTime() - begin) / 1e9);
    }
    return best;
  }
}
