package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * A whole job on one thread: sources, inputs, subtasks, checkpoints and sinks. {@link Simulation}
 * decides what happens next; this class knows how it happens.
 */
final class SimJob {
  private static final int QUEUE_MAX = 4;

  final SimCase work;
  final SimSink sink;
  final List<SimTask> tasks = new ArrayList<>();
  final boolean unaligned;
  SimSnapshot pending;
  SimSnapshot completed;

  private final SimBug bug;
  private final PerceiveSettings settings;
  private final boolean keepsFeatures;
  private final SplittableRandom random;
  private final int[] positions;
  private final boolean[] over;
  private Map<String, SimEngine.Standing> reachedBefore = Map.of();
  private int parallelism;
  private long checkpoints;
  private long now = 1_000;
  private boolean late;

  SimJob(SplittableRandom random, SimBug bug) {
    this.random = random;
    this.bug = bug;
    work = new SimCase(random);
    sink = new SimSink(bug);
    unaligned = random.nextBoolean();
    keepsFeatures = random.nextBoolean();
    int inFlight = random.nextBoolean() ? 1 + random.nextInt(4) : 100;
    settings =
        new PerceiveSettings(
            Settings.of(
                Map.of(
                    "moonflow.model.path", "simulated",
                    "moonflow.kafka.bootstrap-servers", "nowhere:9092",
                    "moonflow.registry.url", "http://nowhere",
                    "moonflow.engine.requests-in-flight", "" + inFlight,
                    "moonflow.state.keep", keepsFeatures ? "embeddings" : "tokens")));
    positions = new int[work.sources.size()];
    over = new boolean[work.sources.size()];
  }

  SimBug bug() {
    return bug;
  }

  PerceiveSettings settings() {
    return settings;
  }

  int parallelism() {
    return parallelism;
  }

  long now() {
    return now;
  }

  /** Starts every subtask, from the last completed checkpoint if there is one. */
  void start(int subtasks) throws Exception {
    int before = parallelism;
    parallelism = subtasks;
    OperatorSubtaskState[] states = {null, null};
    if (completed != null) {
      before = completed.parts.length;
      reachedBefore = completed.reached();
      states[0] = repackage(SimSnapshot.Part::perceive);
      states[1] = repackage(SimSnapshot.Part::documents);
    }
    for (int s = 0; s < subtasks; s++) {
      SimTask task = new SimTask(this, s, random.split());
      tasks.add(task);
      for (int i = 0; i < positions.length; i++) {
        task.inputs.add(new SimInput());
      }
      int part = bug.partOf(s, subtasks);
      task.open(part(states[0], before, part), part(states[1], before, part));
    }
    for (int source = 0; source < positions.length; source++) {
      positions[source] = completed == null ? 0 : completed.positions[source];
      over[source] = false;
    }
    if (completed != null && bug.keepsOvertaken()) {
      for (SimSnapshot.Overtaken each : completed.overtaken) {
        route(each.source(), each.element());
      }
    }
  }

  private OperatorSubtaskState repackage(
      java.util.function.Function<SimSnapshot.Part, OperatorSubtaskState> of) throws Exception {
    OperatorSubtaskState[] all =
        java.util.Arrays.stream(completed.parts).map(of).toArray(OperatorSubtaskState[]::new);
    return AbstractStreamOperatorTestHarness.repackageState(all);
  }

  private OperatorSubtaskState part(OperatorSubtaskState whole, int before, int subtask) {
    return whole == null
        ? null
        : AbstractStreamOperatorTestHarness.repartitionOperatorState(
            whole, SimHarness.MAX_PARALLELISM, before, parallelism, subtask);
  }

  /** Everything dies at once; then sinks recover. */
  void crash() throws Exception {
    List<SimOutput> unfinished = new ArrayList<>();
    for (SimTask task : tasks) {
      unfinished.addAll(task.open);
      task.close();
    }
    tasks.clear();
    pending = null;
    sink.recover(completed == null ? -1 : completed.barrier.checkpoint);
    if (!bug.aborts()) {
      sink.committed.addAll(unfinished);
    }
  }

  /** A request enters an engine: it must stand where the checkpoint before had it. */
  void submitted(String prompt, SimEngine.Standing after) {
    SimEngine.Standing before = reachedBefore.get(prompt);
    if (before == null) {
      return;
    }
    if (before.tokens() != after.tokens()) {
      throw new SimFailure(
          prompt + " had " + before.tokens() + " tokens and goes on with " + after.tokens());
    }
    if (keepsFeatures && before.encoded() && !after.encoded()) {
      throw new SimFailure(prompt + " had features and goes on without");
    }
  }

  boolean sourceHasRoom(int source) {
    return tasks.stream().allMatch(t -> t.inputs.get(source).queue.size() < QUEUE_MAX);
  }

  boolean sourceIsOver(int source) {
    return over[source];
  }

  /** The next record of a source, or its end. */
  void emit(int source) {
    List<SimCase.Timed> records = work.sources.get(source);
    if (positions[source] < records.size()) {
      route(source, records.get(positions[source]++));
      return;
    }
    over[source] = true;
    for (SimTask task : tasks) {
      task.inputs.get(source).queue.add(Watermark.MAX_WATERMARK);
      task.inputs.get(source).queue.add(SimInput.END);
    }
  }

  /** A watermark behind the last record of a source. */
  void emitWatermark(int source) {
    if (positions[source] > 0 && !over[source]) {
      long last = work.sources.get(source).get(positions[source] - 1).timestamp();
      tasks.forEach(t -> t.inputs.get(source).queue.add(new Watermark(last)));
    }
  }

  private void route(int source, SimCase.Timed timed) {
    int subtask =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            timed.request().key(), SimHarness.MAX_PARALLELISM, parallelism);
    tasks.get(subtask).inputs.get(source).queue.add(timed);
  }

  void trigger() {
    pending = new SimSnapshot(checkpoints++, positions.length, parallelism);
    pending.late = late;
    for (int source = 0; unaligned && source < positions.length; source++) {
      inject(source);
    }
  }

  /** A source takes part in the checkpoint at hand. */
  void inject(int source) {
    pending.injected[source] = true;
    pending.positions[source] =
        Math.max(
            0, Math.min(positions[source] + bug.positionError(), work.sources.get(source).size()));
    tasks.forEach(t -> t.inputs.get(source).queue.add(pending.barrier));
  }

  /** A barrier has come to a task. */
  void aligned(SimTask task, SimBarrier barrier) throws Exception {
    boolean first = pending != null && pending.parts[tasks.indexOf(task)] == null;
    if (barrier.aborted || pending == null || pending.barrier != barrier || !first) {
      task.inputs.stream().filter(i -> i.barrier == barrier).forEach(i -> i.barrier = null);
      return;
    }
    if (!bug.aligns() || task.inputs.stream().allMatch(i -> i.barrier == barrier)) {
      snapshot(task);
    }
  }

  /** Lets the barrier of an unaligned checkpoint overtake what lies before it, if there is one. */
  void maybeOvertake(SimTask task) {
    if (!unaligned || pending == null || pending.parts[tasks.indexOf(task)] != null) {
      return;
    }
    SimBarrier barrier = pending.barrier;
    if (random.nextInt(4) != 0) {
      return;
    }
    for (int source = 0; source < task.inputs.size(); source++) {
      SimInput input = task.inputs.get(source);
      for (Object element : List.copyOf(input.queue)) {
        if (element == barrier) {
          break;
        }
        if (input.barrier != barrier && element instanceof SimCase.Timed timed) {
          pending.overtaken.add(new SimSnapshot.Overtaken(source, timed));
        }
      }
      pending.quiet &= input.queue.isEmpty() || input.queue.peek() == barrier;
      input.queue.remove(barrier);
    }
    try {
      snapshot(task);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new SimFailure("a snapshot failed", e);
    }
  }

  private void snapshot(SimTask task) throws Exception {
    long id = pending.barrier.checkpoint;
    SimBarrier barrier = pending.barrier;
    pending.quiet &= task.ended;
    SimSnapshot.Part part = task.snapshot(id);
    pending.parts[tasks.indexOf(task)] = part;
    task.inputs.stream().filter(i -> i.barrier == barrier).forEach(i -> i.barrier = null);
    sink.prepare(id, part.written());
  }

  void complete() throws Exception {
    completed = pending;
    pending = null;
    for (SimTask task : tasks) {
      task.perceive.notifyOfCompletedCheckpoint(completed.barrier.checkpoint);
      task.documents.notifyOfCompletedCheckpoint(completed.barrier.checkpoint);
    }
  }

  void abort() throws Exception {
    pending.barrier.aborted = true;
    long id = pending.barrier.checkpoint;
    pending = null;
    sink.abort(id);
    for (SimTask task : tasks) {
      task.perceive.getOperator().notifyCheckpointAborted(id);
      task.documents.getOperator().notifyCheckpointAborted(id);
      task.collect();
    }
  }

  /** The clock passes every timer. */
  void passTime() throws Exception {
    now += 2 * SimDocuments.KEEP.toMillis();
    late = true;
    for (SimTask task : tasks) {
      task.setTime(now);
    }
  }

  boolean isLate() {
    return late;
  }

  /** Where everything stands, for whom it stands still. */
  String describe() {
    StringBuilder all = new StringBuilder("unaligned " + unaligned);
    all.append(pending == null ? "" : ", checkpoint pending, complete " + pending.complete());
    all.append(completed == null ? "" : ", quiet " + completed.quiet + ", late " + completed.late);
    for (SimTask task : tasks) {
      all.append(", a task with ").append(task.inFlight()).append(" in flight, ended ");
      all.append(task.ended).append(", to write ").append(task.open.size());
      task.inputs.forEach(i -> all.append(", input ").append(i.queue).append(i.open()));
    }
    return all.toString();
  }

  boolean allEnded() {
    return tasks.stream().allMatch(t -> t.ended);
  }
}
