package dev.moonflow.kernels.math;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** Offers of work that wait for a free worker; past them, callers go on alone. */
  private static final int WAITING_MAX = 256;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Seconds after which an idle worker ends, so that an unloaded program leaves no thread. */
  private static final long IDLE_SECONDS = 30;

  private static volatile WorkerPool shared =
      new WorkerPool(Math.min(THREADS_MAX, Runtime.getRuntime().availableProcessors()));

  private final int threads;
  private final ThreadPoolExecutor workers;

  private WorkerPool(int threads) {
    this.threads = threads;
    this.workers =
        new ThreadPoolExecutor(
            Math.max(1, threads - 1),
            Math.max(1, threads - 1),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            WorkerPool::worker,
            // A loop that finds no room is finished by its caller, as is one of a retired pool.
            new ThreadPoolExecutor.DiscardPolicy());
    workers.allowCoreThreadTimeOut(true);
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "moonflow-math-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(WorkerPool.class.getClassLoader());
    return thread;
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
      before.workers.shutdown();
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
    for (int i = 0; i < helpers; i++) {
      workers.execute(loop::work);
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
}
