package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * One subtask of a simulated job: the real operator and the real collector of documents in Flink's
 * harness, its inputs, and what it has written since the last barrier.
 */
final class SimTask {
  final SimThreads threads;
  final SimMailbox mailbox;
  final SimHarness<PerceptionRequest, Perceived> perceive;
  final SimHarness<Perceived, String> documents;
  final List<SimInput> inputs = new ArrayList<>();
  List<SimOutput> open = new ArrayList<>();
  boolean ended;

  private final SimJob job;
  private final SimBug bug;
  private final int inFlightMax;
  private final SplittableRandom random;
  private final Set<String> arrived = new HashSet<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long watermark = Long.MIN_VALUE;

  /** A watermark that went in, and the requests before it that had not come out. */
  private record Mark(long timestamp, Set<String> before) {}

  SimTask(SimJob job, int subtask, SplittableRandom random) throws Exception {
    this.job = job;
    this.random = random;
    bug = job.bug();
    inFlightMax = job.settings().requestsInFlight();
    mailbox = new SimMailbox(this::workUntilMail);
    threads = new SimThreads(bug, mailbox, random.split(), job::submitted);
    int parallelism = job.parallelism();
    PerceiveOperatorFactory factory =
        new PerceiveOperatorFactory(job.settings(), new SimModel.Loader(), threads);
    perceive = new SimHarness<>(factory, PerceptionRequest::key, parallelism, subtask);
    perceive.setup(PerceivedSerializer.INSTANCE);
    documents =
        new SimHarness<>(
            new KeyedProcessOperator<>(bug.documents()),
            p -> p.subject().key(),
            parallelism,
            subtask);
    documents.setup(
        Types.STRING.createSerializer(documents.getExecutionConfig().getSerializerConfig()));
  }

  void open(OperatorSubtaskState perceiveState, OperatorSubtaskState documentState)
      throws Exception {
    if (perceiveState != null) {
      documents.setProcessingTime(job.now());
      documents.initializeState(documentState);
      perceive.initializeState(perceiveState);
    }
    documents.open();
    documents.setProcessingTime(job.now());
    perceive.open();
    collect();
  }

  /** The clock has moved. */
  void setTime(long now) throws Exception {
    documents.setProcessingTime(now);
    collect();
  }

  /** Takes the next element of an input. */
  void take(SimInput input) throws Exception {
    Object element = input.queue.remove();
    if (element instanceof SimCase.Timed timed) {
      arrived.add(SimOutput.id(timed.request().subject()));
      perceive.processElement(new StreamRecord<>(timed.request(), timed.timestamp()));
      collect();
      if (arrived.size() > inFlightMax) {
        throw new SimFailure(arrived.size() + " requests are in, more than " + inFlightMax);
      }
    } else if (element instanceof Watermark mark) {
      input.watermark = mark.getTimestamp();
      advanceWatermark();
    } else if (element instanceof SimBarrier barrier) {
      input.barrier = barrier;
      job.aligned(this, barrier);
    } else {
      input.ended = true;
      if (inputs.stream().allMatch(i -> i.ended)) {
        perceive.endInput();
        ended = true;
      }
    }
    collect();
  }

  int inFlight() {
    return ((PerceiveOperator) perceive.getOperator()).inFlight();
  }

  private void advanceWatermark() throws Exception {
    var each = inputs.stream().mapToLong(i -> i.watermark);
    long low = (bug.joinsWatermarks() ? each.min() : each.max()).orElseThrow();
    long joined = inputs.stream().mapToLong(i -> i.watermark).min().orElseThrow();
    if (low > watermark) {
      watermark = low;
      if (low > joined) {
        throw new SimFailure("watermark " + low + " overtook an input that stands at " + joined);
      }
      collect();
      marks.add(new Mark(low, new HashSet<>(arrived)));
      perceive.processWatermark(new Watermark(low));
    }
  }

  void runMail() throws Exception {
    mailbox.runNext();
    collect();
  }

  /** Other threads of the task work until there is mail; a barrier may overtake meanwhile. */
  private void workUntilMail() {
    for (int turns = 0; mailbox.isEmpty(); turns++) {
      if (turns > 2_000) {
        throw new SimFailure("a full task waits for mail that never comes");
      }
      job.maybeOvertake(this);
      int choice = random.nextInt(3);
      if (choice == 0 && threads.canPrepare()) {
        threads.prepareOne();
      } else if (threads.engineCanStep()) {
        threads.stepEngine(false);
      } else if (threads.canPrepare()) {
        threads.prepareOne();
      } else if (turns > 100) {
        throw new SimFailure("a full task waits for mail and nobody works");
      }
    }
  }

  /** Moves what the operators put out on, and looks at it. */
  void collect() throws Exception {
    for (Object element; (element = perceive.getOutput().poll()) != null; ) {
      if (element instanceof Watermark mark) {
        checkMark(mark.getTimestamp());
        documents.processWatermark(mark);
      } else if (element instanceof StreamRecord<?> record) {
        Perceived perceived = (Perceived) record.getValue();
        arrived.remove(SimOutput.id(perceived.subject()));
        marks.forEach(m -> m.before().remove(SimOutput.id(perceived.subject())));
        open.add(SimOutput.result(perceived));
        documents.processElement(new StreamRecord<>(perceived));
      }
    }
    var side = perceive.getSideOutput(PerceiveOperator.DEAD_LETTERS);
    if (side != null) {
      for (StreamRecord<OutputRecord> letter; (letter = side.poll()) != null; ) {
        open.add(SimOutput.deadLetter(letter.getValue()));
      }
    }
    for (Object element; (element = documents.getOutput().poll()) != null; ) {
      if (element instanceof StreamRecord<?> record) {
        String[] words = ((String) record.getValue()).split(" ", 2);
        open.add(new SimOutput(SimOutput.Kind.DOCUMENT, words[0], words[1]));
      }
    }
  }

  private void checkMark(long timestamp) {
    Mark mark = null;
    while (!marks.isEmpty() && (mark == null || mark.timestamp() < timestamp)) {
      mark = marks.remove(); // of several in one place the last counts
    }
    if (mark == null || mark.timestamp() != timestamp) {
      throw new SimFailure("watermark " + timestamp + " comes out and did not go in");
    }
    if (!mark.before().isEmpty()) {
      throw new SimFailure("watermark " + timestamp + " overtook " + mark.before());
    }
  }

  /** Both operators' state, and where each request stands in the engine. */
  SimSnapshot.Part snapshot(long checkpoint) throws Exception {
    perceive.prepareSnapshotPreBarrier(checkpoint);
    collect();
    OperatorSubtaskState first = perceive.snapshot(checkpoint, checkpoint);
    OperatorSubtaskState second = documents.snapshot(checkpoint, checkpoint);
    Map<String, SimEngine.Standing> reached = threads.engine().standings();
    for (int n = bug.mailsBeforeBarrier(); n > 0 && !mailbox.isEmpty(); n--) {
      runMail();
    }
    List<SimOutput> written = open;
    open = new ArrayList<>();
    return new SimSnapshot.Part(first, second, written, reached);
  }

  void close() throws Exception {
    perceive.close();
    documents.close();
  }

  void requireEmpty() {
    if (inFlight() != 0 || perceive.stateEntries() != 0) {
      throw new SimFailure(
          inFlight() + " requests and " + perceive.stateEntries() + " entries of state are left");
    }
    if (!marks.isEmpty()) {
      throw new SimFailure("watermarks are left");
    }
  }
}
