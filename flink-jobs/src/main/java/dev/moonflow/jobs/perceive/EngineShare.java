package dev.moonflow.jobs.perceive;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A caller's share in a {@link SharedEngine}. Closing it takes back what this caller asked and has
 * no answer yet, and nobody else's; closing it twice is harmless. Thread-safe.
 */
public final class EngineShare implements AutoCloseable {
  private final SharedEngine engine;
  private final Runnable release;
  private final Set<CompletableFuture<Answered>> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  EngineShare(SharedEngine engine, Runnable release) {
    this.engine = engine;
    this.release = release;
  }

  /**
   * Asks the model; never waits. The future fails with a {@link QuestionFailedException} when this
   * question alone is at fault, and with anything else when the engine is. Who cancels it takes the
   * question back.
   *
   * @param timeout how long to wait for the answer; past it the question fails
   */
  public CompletableFuture<Answered> ask(Question question, Duration timeout) {
    CompletableFuture<Answered> answer = engine.ask(question, timeout);
    open.add(answer);
    var unused = answer.whenComplete((answered, error) -> open.remove(answer));
    if (closed.get()) {
      answer.cancel(false);
    }
    return answer;
  }

  /** Questions of this caller that have no answer yet. */
  public int inFlight() {
    return open.size();
  }

  /** Hash of the checkpoint's configuration and weights. */
  public String fingerprint() {
    return engine.fingerprint();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      open.forEach(answer -> answer.cancel(false));
      release.run();
    }
  }
}
