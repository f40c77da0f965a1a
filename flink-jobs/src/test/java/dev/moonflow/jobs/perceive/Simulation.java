package dev.moonflow.jobs.perceive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * A deterministic simulation of the operator in a job: one seed decides the events, the settings,
 * and everything that happens, one thing at a time on one thread. Records arrive, threads get their
 * turns, watermarks and barriers travel and overtake, checkpoints complete or fail, engines fail,
 * everything crashes and comes back at another parallelism. In the end what a reader of committed
 * records sees is what it must see: each result once, in the order of its key, byte for byte.
 */
final class Simulation {
  private static final int STEPS_MAX = 20_000;

  private final SplittableRandom random;
  private final SimJob job;
  private int crashesLeft;
  private int steps;

  private Simulation(long seed, SimBug bug) {
    random = new SplittableRandom(seed);
    crashesLeft = random.nextInt(5);
    job = new SimJob(random.split(), bug);
  }

  /**
   * Runs one schedule.
   *
   * @throws SimFailure naming the seed and what went wrong
   */
  static void run(long seed, SimBug bug) {
    Simulation simulation = new Simulation(seed, bug);
    try {
      simulation.run();
    } catch (Exception e) {
      throw new SimFailure("seed " + seed + ", step " + simulation.steps, e);
    } finally {
      simulation.close();
    }
  }

  private void close() {
    try {
      for (SimTask task : job.tasks) {
        task.close();
      }
    } catch (Exception e) {
      throw new SimFailure("a task cannot be closed", e);
    }
  }

  private void run() throws Exception {
    start();
    while (!isOver()) {
      if (++steps > STEPS_MAX) {
        throw new SimFailure("it does not come to an end: " + job.describe());
      }
      step();
    }
    for (SimTask task : job.tasks) {
      task.requireEmpty();
    }
    checkCommitted();
  }

  private void start() throws Exception {
    job.start(1 + random.nextInt(4));
  }

  private boolean isOver() {
    boolean written = job.tasks.stream().allMatch(t -> t.open.isEmpty() && t.ended);
    return written
        && job.completed != null
        && job.completed.late
        && job.completed.quiet
        && !job.sink.canCommit(job.completed.barrier.checkpoint);
  }

  private void step() throws Exception {
    if (crashesLeft > 0 && random.nextInt(60) == 0) {
      crash();
      return;
    }
    List<ThrowingRunnable<Exception>> choices = choices();
    if (choices.isEmpty()) {
      throw new SimFailure("nothing can happen any more");
    }
    try {
      choices.get(random.nextInt(choices.size())).run();
    } catch (SimFailure e) {
      throw e;
    } catch (Exception e) {
      if (!deviceFailed(e)) {
        throw e;
      }
      crash();
    }
  }

  private static boolean deviceFailed(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains("the device is gone")) {
        return true;
      }
    }
    return false;
  }

  private void crash() throws Exception {
    crashesLeft--;
    job.crash();
    start();
  }

  private List<ThrowingRunnable<Exception>> choices() {
    List<ThrowingRunnable<Exception>> all = new ArrayList<>();
    for (int s = 0; s < job.work.sources.size(); s++) {
      int source = s;
      if (!job.sourceIsOver(s) && job.sourceHasRoom(s)) {
        all.add(() -> job.emit(source));
        all.add(() -> job.emit(source));
        all.add(() -> job.emitWatermark(source));
      }
      if (job.pending != null && !job.pending.injected[s]) {
        all.add(() -> job.inject(source));
      }
    }
    for (SimTask task : job.tasks) {
      addChoices(task, all);
    }
    addCheckpointChoices(all);
    boolean quiet = job.completed != null && job.completed.quiet && job.allEnded();
    if (quiet && !job.isLate() && job.pending == null) {
      all.add(job::passTime);
    }
    return all;
  }

  private void addChoices(SimTask task, List<ThrowingRunnable<Exception>> all) {
    for (SimInput input : task.inputs) {
      if (input.open()) {
        all.add(() -> task.take(input));
      }
    }
    if (task.threads.engineCanStep()) {
      all.add(() -> task.threads.stepEngine(crashesLeft > 0 && random.nextInt(200) == 0));
      all.add(() -> task.threads.stepEngine(false));
    }
    if (task.threads.canPrepare()) {
      all.add(task.threads::prepareOne);
    }
    if (!task.mailbox.isEmpty()) {
      all.add(task::runMail);
      all.add(task::runMail);
    }
    if (job.unaligned && job.pending != null) {
      all.add(() -> job.maybeOvertake(task));
    }
  }

  private void addCheckpointChoices(List<ThrowingRunnable<Exception>> all) {
    if (job.pending == null) {
      all.add(
          () -> {
            if (job.allEnded() || random.nextInt(4) == 0) {
              job.trigger();
            }
          });
    } else if (job.pending.complete()) {
      all.add(job::complete);
    }
    if (job.pending != null && random.nextInt(20) == 0) {
      all.add(job::abort);
    }
    if (job.completed != null && job.sink.canCommit(job.completed.barrier.checkpoint)) {
      all.add(() -> job.sink.commitOne(job.completed.barrier.checkpoint));
    }
  }

  private void checkCommitted() {
    Map<String, List<String>> results = new HashMap<>();
    Map<String, List<String>> documents = new HashMap<>();
    List<String> deadLetters = new ArrayList<>();
    for (SimOutput output : job.sink.committed) {
      switch (output.kind()) {
        case RESULT ->
            results.computeIfAbsent(output.key(), k -> new ArrayList<>()).add(output.what());
        case DOCUMENT ->
            documents.computeIfAbsent(output.key(), k -> new ArrayList<>()).add(output.what());
        case DEAD_LETTER -> deadLetters.add(output.what());
      }
    }
    requireEqual("results", results, job.work.expected);
    documents.values().forEach(each -> each.sort(null));
    job.work.documents.values().forEach(each -> each.sort(null));
    requireEqual("documents", documents, job.work.documents);
    deadLetters.sort(null);
    job.work.deadLetters.sort(null);
    requireEqual("dead letters", deadLetters, job.work.deadLetters);
  }

  private static void requireEqual(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new SimFailure("the " + what + " are " + found + " and should be " + expected);
    }
  }
}
