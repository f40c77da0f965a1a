package dev.moonflow.jobs.perceive;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.EngineLimits;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A model without weights whose engine steps only as far as a test allows. */
final class FakeModel implements LoadedModel {
  private static final Map<String, FakeModel> BY_PATH = new ConcurrentHashMap<>();

  /** Steps that the engines may still take. */
  final Semaphore steps = new Semaphore(0);

  /** Steps that have given tokens. */
  final AtomicInteger stepsDone = new AtomicInteger();

  /** Lengths of the tokens that requests were submitted with. */
  final List<Integer> resumed = new CopyOnWriteArrayList<>();

  /** Requests that were in an engine at once, at most. */
  final AtomicInteger mostAtOnce = new AtomicInteger();

  /** Images whose features engines have computed. */
  final AtomicInteger imagesEncoded = new AtomicInteger();

  /** Requests that were taken back while they ran. */
  final AtomicInteger cancelled = new AtomicInteger();

  /** Whether engines hang in the middle of a step. */
  volatile boolean hang;

  /** Engines that hang. */
  final AtomicInteger hanging = new AtomicInteger();

  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger enginesClosed = new AtomicInteger();

  /** The model that {@link Loader} finds under a path. */
  static FakeModel at(String path) {
    return BY_PATH.computeIfAbsent(
        Path.of(path).toAbsolutePath().normalize().toString(), p -> new FakeModel());
  }

  /** Finds models by their path. */
  static final class Loader implements ModelLoader {
    private static final long serialVersionUID = 1L;

    @Override
    public LoadedModel load(Path checkpoint, DeviceChoice device) {
      return at(checkpoint.toString());
    }
  }

  /** Lets engines step as they like. */
  FakeModel free() {
    steps.release(1_000_000);
    return this;
  }

  @Override
  public Engine newEngine(EngineLimits limits) {
    return new FakeEngine(this);
  }

  @Override
  public String fingerprint() {
    return "fake";
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public Reply read(int[] tokens) {
    String text =
        Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    return new Reply(text, null);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
