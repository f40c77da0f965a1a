package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.StepReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that steps one engine. It sleeps while there is nothing to do, tells a listener of
 * each step, and frees the engine itself when it ends: whoever closes the host need not wait for a
 * long step.
 */
class EngineHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineHost.class);

  /** A step is short; one that is not ends on its own, later. */
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private static final long WORKING = Long.MIN_VALUE;

  private final Engine engine;
  private final Listener listener;
  private final Runnable afterwards;
  private final Thread thread;
  private final Semaphore wake = new Semaphore(0);

  /** When the engine began to wait, or {@link #WORKING}. */
  private final AtomicLong waitingSince = new AtomicLong(WORKING);

  private volatile boolean stopping;

  /** Hears of each step, on the engine's thread. */
  interface Listener {
    /** A step ended. */
    void stepped(StepReport report);

    /** On the thread that submits: the engine waited for a request that was there already. */
    void starved(long nanos);

    /** The engine is broken and steps no more. */
    void failed(Throwable cause);
  }

  /**
   * A host that is not running yet.
   *
   * @param afterwards runs on the engine's thread once the engine is closed
   */
  EngineHost(String name, Engine engine, Listener listener, Runnable afterwards) {
    this.engine = engine;
    this.listener = listener;
    this.afterwards = afterwards;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(EngineHost.class.getClassLoader());
  }

  void start() {
    thread.start();
  }

  /** The engine, for the methods that any thread may call. */
  Engine engine() {
    return engine;
  }

  /**
   * Hands a request over.
   *
   * @param arrivedNanos when it came in: the engine starves from then on, if it waits
   */
  void submit(PreparedRequest request, long arrivedNanos) {
    engine.submit(request);
    long since = waitingSince.getAndSet(WORKING);
    if (since != WORKING) {
      long now = System.nanoTime();
      listener.starved(Math.max(0, Math.min(now - since, now - arrivedNanos)));
    }
    wake.release();
  }

  Optional<Progress> progress(String id) {
    return engine.progress(id);
  }

  /** One step of the engine, reported; whether anything is left to do. */
  final boolean turn() {
    StepReport report = engine.step();
    listener.stepped(report);
    return report.running() > 0 || report.waiting() > 0;
  }

  private void run() {
    try {
      while (!stopping) {
        if (!turn()) {
          waitingSince.set(System.nanoTime());
          wake.acquire();
          wake.drainPermits();
          waitingSince.set(WORKING);
        }
      }
    } catch (Throwable e) {
      if (!stopping) {
        listener.failed(e);
      }
    } finally {
      engine.close();
      afterwards.run();
    }
  }

  /** Stops after the step at hand. */
  @Override
  public void close() {
    stopping = true;
    wake.release();
    try {
      thread.join(CLOSE_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.info("{} is still in a step and ends after it", thread.getName());
    }
  }
}
