package dev.moonflow.kernels.dense;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The products that were made so far, handed to one thread at a time. */
final class OneDnnEngine {
  private final long engine;
  private final Map<OneDnnProduct.Shape, Queue<OneDnnProduct>> idle = new ConcurrentHashMap<>();

  OneDnnEngine() {
    long[] result = new long[1];
    OneDnnApi.check(OneDnnApi.dnnl_engine_create(result, OneDnnApi.CPU, 0), "make an engine");
    engine = result[0];
  }

  /** A step with a product. */
  @FunctionalInterface
  interface Use {
    void with(OneDnnProduct product);
  }

  /**
   * Uses a product of a shape. The calling thread alone computes: our pool shares the work, and a
   * team of OpenMP threads would wait for each other whenever another process takes a core.
   */
  void use(OneDnnProduct.Shape shape, Use use) {
    int threads = OneDnnApi.omp_get_max_threads();
    OneDnnApi.omp_set_num_threads(1);
    try {
      Queue<OneDnnProduct> queue =
          idle.computeIfAbsent(shape, key -> new ConcurrentLinkedQueue<>());
      OneDnnProduct product = queue.poll();
      if (product == null) {
        product = new OneDnnProduct(engine, shape);
      }
      use.with(product);
      queue.add(product);
    } finally {
      OneDnnApi.omp_set_num_threads(threads);
    }
  }
}
