package dev.moonflow.kernels.math;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntConsumer;

/**
 * The threads that share one large computation: a parallel loop over independent tasks.
 *
 * <p>The calling thread works on its own loop too and needs no one else to finish it, so any number
 * of callers, nested loops and a busy pool only mean less help, never a deadlock. Which thread runs
 * a task is chance; tasks write disjoint results, so results do not depend on it.
 */
public final class WorkerPool {
  /** More threads than this are refused. */
  public static final int THREADS_MAX = 1024;

  /** Multiplications below which a task is not worth handing to another thread. */
  static final long TASK_WORK_MIN = 1 << 17;

  /** Loops that wait for a free worker; with more, callers go on alone. */
  private static final int WAITING_MAX = 256;

  private static volatile WorkerPool shared =
      new WorkerPool(Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors()));

  private final int threads;
  private final BlockingQueue<ParallelLoop> loops = new LinkedBlockingQueue<>();
  private volatile boolean retired;

  private WorkerPool(int threads) {
    this.threads = threads;
    for (int i = 1; i < threads; i++) {
      Thread worker = new Thread(this::serve, "moonflow-math-" + i);
      worker.setDaemon(true);
      worker.start();
    }
  }

  /** The pool of this process; as many threads as processors unless {@link #setThreads} said so. */
  public static WorkerPool shared() {
    return shared;
  }

  /**
   * Replaces the shared pool by one of another size. Loops that run meanwhile finish.
   *
   * @param threads threads that may work on one loop, the caller's included; 1 to {@value
   *     #THREADS_MAX}
   */
  public static synchronized void setThreads(int threads) {
    if (threads < 1 || threads > THREADS_MAX) {
      throw new IllegalArgumentException(
          "math threads must be between 1 and " + THREADS_MAX + ", got " + threads);
    }
    if (threads != shared.threads) {
      WorkerPool before = shared;
      shared = new WorkerPool(threads);
      before.retire();
    }
  }

  /** Threads that may work on one loop, the caller's included. */
  public int threads() {
    return threads;
  }

  /**
   * Runs {@code body} for 0 to {@code tasks - 1}, in any order and on several threads, and returns
   * when all are done.
   *
   * @throws RuntimeException the first that a task threw; the other tasks may or may not have run
   */
  public void forEach(int tasks, IntConsumer body) {
    if (tasks <= 1 || threads == 1) {
      for (int i = 0; i < tasks; i++) {
        body.accept(i);
      }
      return;
    }
    ParallelLoop loop = new ParallelLoop(tasks, body);
    int helpers = Math.min(threads, tasks) - 1;
    for (int i = 0; i < helpers && loops.size() < WAITING_MAX; i++) {
      loops.add(loop);
    }
    loop.work();
    loop.await();
  }

  /**
   * As {@link #forEach(int, IntConsumer)}, unless the loop is too small to be worth sharing: then
   * the caller runs it alone.
   *
   * @param work multiplications of all tasks together, roughly
   */
  public void forEach(int tasks, long work, IntConsumer body) {
    if (work < 2 * TASK_WORK_MIN) {
      for (int i = 0; i < tasks; i++) {
        body.accept(i);
      }
    } else {
      forEach(tasks, body);
    }
  }

  private void serve() {
    while (!retired) {
      try {
        loops.take().work();
      } catch (InterruptedException e) {
        // Only retirement ends a worker; the flag is looked at above.
        continue;
      }
    }
  }

  private void retire() {
    retired = true;
    for (int i = 1; i < threads; i++) {
      loops.add(new ParallelLoop(0, task -> {}));
    }
  }
}
