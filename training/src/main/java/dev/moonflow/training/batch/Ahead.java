package dev.moonflow.training.batch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Values of consecutive steps, made before they are asked for by one thread, in order. What goes
 * wrong there is thrown where the value is taken.
 */
final class Ahead<T> implements AutoCloseable {
  private static final long POLL_MS = 50;

  private record Outcome<T>(long step, T value, RuntimeException failure) {}

  private final BlockingQueue<Outcome<T>> ready;
  private final Thread thread;
  private volatile boolean closed;

  Ahead(String name, int depth, long firstStep, LongFunction<T> maker) {
    ready = new ArrayBlockingQueue<>(depth);
    thread = new Thread(() -> run(firstStep, maker), "moonflow-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(long firstStep, LongFunction<T> maker) {
    try {
      boolean going = true;
      for (long step = firstStep; going; step++) {
        Outcome<T> outcome = outcome(step, maker);
        while (!closed && !ready.offer(outcome, POLL_MS, TimeUnit.MILLISECONDS)) {
          // Full: the consumer is behind.
        }
        going = !closed && outcome.failure() == null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome<T> outcome(long step, LongFunction<T> maker) {
    try {
      return new Outcome<>(step, maker.apply(step), null);
    } catch (RuntimeException e) {
      return new Outcome<>(step, null, e);
    } catch (Error e) {
      return new Outcome<>(step, null, new IllegalStateException("preparing data failed: " + e, e));
    }
  }

  /** Waits for the value of a step: the one after the last. */
  T take(long step) {
    try {
      Outcome<T> outcome = ready.take();
      if (outcome.failure() != null) {
        throw outcome.failure();
      }
      if (outcome.step() != step) {
        throw new IllegalStateException(
            "step " + outcome.step() + " is next, step " + step + " was asked for");
      }
      return outcome.value();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for data", e);
    }
  }

  @Override
  public void close() {
    // Not interrupted: that would close the files which the maker is reading.
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
