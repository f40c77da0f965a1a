package dev.moonflow.jobs.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives a target one input after the other, in a thread of its own, and watches over it. A hang is
 * told by the processor time of that thread, so that a busy machine makes none, and else by the
 * clock with much more patience; it ends the run, because nothing can end the thread.
 */
public final class Fuzzer {
  /** A stack as Flink's task threads have it. */
  private static final long STACK_BYTES = 1 << 20;

  private static final long POLL_MILLIS = 20;
  private static final int FINDINGS_MAX = 20;
  private static final int PATIENCE = 12;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FuzzTarget target;
  private final long seed;
  private final Duration hang;
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final Map<String, Long> outcomes = new LinkedHashMap<>();
  private final CountDownLatch done = new CountDownLatch(1);

  private volatile Running running;
  private volatile boolean stop;
  private volatile Throwable broken;
  private long count;
  private long allocatedMax;

  /** The input that is being parsed. */
  private record Running(long number, byte[] input, long cpuNanos, long nanos) {}

  /**
   * A run.
   *
   * @param hang processor time that one input may take
   */
  public Fuzzer(FuzzTarget target, long seed, Duration hang) {
    this.target = target;
    this.seed = seed;
    this.hang = hang;
  }

  /**
   * What a run came to.
   *
   * @param inputs how many were tried
   * @param outcomes what they came to, and how often
   * @param allocatedMax bytes that one input made it allocate at most
   * @param findings at most twenty, each of another kind or place
   */
  public record Report(
      long inputs, Map<String, Long> outcomes, long allocatedMax, List<Finding> findings) {}

  /** Tries mutations until there are as many or the time is over, whichever is first. */
  public Report run(long inputsMax, Duration time) throws InterruptedException {
    return watch(
        () -> {
          Corpus corpus = new Corpus(target, seed);
          for (byte[] good : target.seeds()) {
            tryOne(-1, good, true);
          }
          long end = System.nanoTime() + time.toNanos();
          for (long n = 0; n < inputsMax && !stop && System.nanoTime() < end; n++) {
            byte[] input = corpus.input(n);
            if (tryOne(n, input, false)) {
              corpus.add(input);
            }
            count++;
          }
        });
  }

  /** Tries one input. */
  public Report run(byte[] input) throws InterruptedException {
    return watch(
        () -> {
          tryOne(-1, input, false);
          count++;
        });
  }

  private Report watch(Runnable work) throws InterruptedException {
    Thread worker =
        new Thread(
            null,
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                broken = e;
              } finally {
                done.countDown();
              }
            },
            "fuzz-" + target.name(),
            STACK_BYTES);
    worker.setDaemon(true);
    worker.start();
    while (!done.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      Running now = running;
      if (now != null && hangs(now, worker)) {
        stop = true;
        StackTraceElement[] where = worker.getStackTrace();
        worker.interrupt();
        synchronized (findings) {
          add(now.number(), now.input(), Finding.Kind.HANG, "does not come to an end", where);
        }
        break;
      }
    }
    if (broken != null) {
      throw new IllegalStateException("the fuzzer itself broke at " + target.name(), broken);
    }
    synchronized (findings) {
      return new Report(
          count, new LinkedHashMap<>(outcomes), allocatedMax, new ArrayList<>(findings.values()));
    }
  }

  private boolean hangs(Running now, Thread worker) {
    long cpu = THREADS.getThreadCpuTime(worker.getId()) - now.cpuNanos();
    long wall = System.nanoTime() - now.nanos();
    Running still = running;
    boolean same = still != null && still.nanos() == now.nanos();
    return same && (cpu > hang.toNanos() || wall > PATIENCE * hang.toNanos());
  }

  /** Whether it came to something new. */
  private boolean tryOne(long number, byte[] input, boolean good) {
    byte[] given = input.clone();
    running = new Running(number, input, THREADS.getCurrentThreadCpuTime(), System.nanoTime());
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    Throwable thrown = null;
    try {
      target.parser().parse(given);
    } catch (Throwable e) { // whatever it is, it is what we look for
      thrown = e;
    }
    long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    running = null;
    synchronized (findings) {
      if (stop) {
        return false; // an input that was given up came to an end after all
      }
      judge(number, input, good, thrown);
      if (!good) {
        allocatedMax = Math.max(allocatedMax, allocated);
        long most = target.allocation().max(input.length);
        if (allocated > most) {
          String what = "allocated " + allocated + " bytes, " + most + " are in proportion";
          add(number, input, Finding.Kind.ALLOCATION, what, new StackTraceElement[0]);
        }
      }
      return outcomes.merge(outcome(thrown), 1L, Long::sum) == 1;
    }
  }

  private void judge(long number, byte[] input, boolean good, Throwable thrown) {
    if (thrown == null) {
      return;
    }
    if (!target.refuses(thrown)) {
      add(number, input, Finding.Kind.THROWN, thrown.toString(), thrown.getStackTrace());
    } else if (good) {
      add(number, input, Finding.Kind.SEED, thrown.toString(), thrown.getStackTrace());
    } else {
      Sentence.fault(Sentence.of(thrown))
          .ifPresent(
              fault ->
                  add(
                      number,
                      input,
                      Finding.Kind.MESSAGE,
                      fault + ": " + thrown,
                      thrown.getStackTrace()));
    }
  }

  private void add(
      long number, byte[] input, Finding.Kind kind, String what, StackTraceElement[] trace) {
    Finding finding = new Finding(target.name(), kind, number, input, what, trace);
    findings.putIfAbsent(finding.signature(), finding);
    stop |= findings.size() >= FINDINGS_MAX;
  }

  private static String outcome(Throwable thrown) {
    if (thrown == null) {
      return "a value";
    }
    String message = Sentence.of(thrown);
    return message == null ? thrown.getClass().getSimpleName() : Sentence.shape(message);
  }
}
