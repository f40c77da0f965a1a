package dev.moonflow.kernels.routing;

import dev.moonflow.kernels.device.LaunchCounters;
import dev.moonflow.kernels.device.OpenClDevice;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The router on an OpenCL device. Threads may share it; they take turns.
 *
 * <p>Keeps one compiled kernel with its buffers for each gate and size class of batches, so that a
 * decode step of a few tokens does not move the buffers of a long prefill. The least recently used
 * of more than {@link #MAX_KERNELS} is closed.
 */
public final class OpenClMoeRouter implements MoeRouter, AutoCloseable {
  static final int MAX_KERNELS = 8;

  /** Tokens of the smallest size class; each next one has 4 times as many. */
  static final int SMALLEST_CLASS = 32;

  private record Key(RoutingSpec spec, int capacity) {}

  private final OpenClDevice device;
  private final LaunchCounters counters;
  private final Map<Key, RouterKernel> kernels = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  public OpenClMoeRouter(OpenClDevice device, LaunchCounters counters) {
    this.device = device;
    this.counters = counters;
  }

  @Override
  public synchronized Routing route(float[] logits, int tokens, float[] bias, RoutingSpec spec) {
    spec.requireFits(logits, tokens, bias);
    if (closed) {
      throw new IllegalStateException("the router is closed");
    }
    if (tokens == 0) {
      return empty(spec.experts());
    }
    RouterKernel kernel = kernelFor(spec, tokens);
    kernel.route(logits, tokens, bias);
    int choices = tokens * spec.topK();
    return new Routing(
        Arrays.copyOf(kernel.scores, tokens * spec.experts()),
        Arrays.copyOf(kernel.experts, choices),
        Arrays.copyOf(kernel.weights, choices),
        kernel.counts.clone(),
        kernel.offsets.clone(),
        Arrays.copyOf(kernel.permutation, choices));
  }

  private static Routing empty(int experts) {
    return new Routing(
        new float[0], new int[0], new float[0], new int[experts], new int[experts + 1], new int[0]);
  }

  private RouterKernel kernelFor(RoutingSpec spec, int tokens) {
    Key key = new Key(spec, capacity(tokens));
    RouterKernel kernel = kernels.get(key);
    if (kernel == null) {
      kernel = new RouterKernel(device, counters, spec, key.capacity());
      kernels.put(key, kernel);
      closeEldest();
    }
    return kernel;
  }

  private static int capacity(int tokens) {
    long capacity = SMALLEST_CLASS;
    while (capacity < tokens) {
      capacity *= 4;
    }
    return (int) Math.min(capacity, Integer.MAX_VALUE);
  }

  private void closeEldest() {
    if (kernels.size() > MAX_KERNELS) {
      Iterator<RouterKernel> eldest = kernels.values().iterator();
      RouterKernel kernel = eldest.next();
      eldest.remove();
      kernel.close();
    }
  }

  /** Frees the device's resources; later calls of {@link #route} are refused. */
  @Override
  public synchronized void close() {
    closed = true;
    kernels.values().forEach(RouterKernel::close);
    kernels.clear();
  }
}
