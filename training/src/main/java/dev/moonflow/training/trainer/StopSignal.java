package dev.moonflow.training.trainer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGTERM and Ctrl-C: the step goes on to its end, a checkpoint is written, then the process ends.
 * The virtual machine waits for that in its shutdown, for a while.
 */
public final class StopSignal implements AutoCloseable {
  private static final long WAIT_MINUTES = 10;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stopAndWait, "moonflow-stop");
  private volatile boolean requested;

  /** Begins to listen. */
  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** One that only {@link #request} sets off. */
  public static StopSignal manual() {
    return new StopSignal();
  }

  private StopSignal() {}

  /** Asks for the end. */
  public void request() {
    requested = true;
  }

  /** Whether somebody asked. */
  public boolean requested() {
    return requested;
  }

  private void stopAndWait() {
    requested = true;
    try {
      done.await(WAIT_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is saved: the process may end. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown has begun; the hook returns by itself now.
    }
  }
}
