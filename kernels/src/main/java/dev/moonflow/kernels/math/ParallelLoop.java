package dev.moonflow.kernels.math;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** One loop being run: which task is next, how many are done, what went wrong first. */
final class ParallelLoop {
  /** Turns of waiting before the owner sleeps: the last tasks are usually about to end. */
  private static final int SPINS = 2_000;

  private final int tasks;
  private final IntConsumer body;
  private final Thread owner = Thread.currentThread();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  ParallelLoop(int tasks, IntConsumer body) {
    this.tasks = tasks;
    this.body = body;
  }

  /** Takes tasks until none is left. */
  void work() {
    for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
      try {
        if (failure.get() == null) {
          body.accept(task);
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        if (done.incrementAndGet() == tasks) {
          LockSupport.unpark(owner);
        }
      }
    }
  }

  /** Waits, in the owner's thread, until tasks taken by others are done. */
  void await() {
    boolean interrupted = false;
    for (int spin = 0; done.get() < tasks; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        // A waiting thread that stays interrupted would not sleep again; told to the caller below.
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error) {
      throw (Error) thrown;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }
}
