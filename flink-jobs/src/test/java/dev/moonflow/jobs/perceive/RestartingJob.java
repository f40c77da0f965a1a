package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * A job of the real operator with its real threads, in Flink's harness, that is killed and comes
 * back from its last checkpoint, at any parallelism: its source goes back, and results since then
 * are thrown away, as an aborted transaction's are.
 */
final class RestartingJob implements AutoCloseable {
  private final Settings settings;
  private final ModelLoader loader;
  private final List<PerceptionRequest> source;
  private final List<PerceiveHarness> subtasks = new ArrayList<>();
  private final Map<String, byte[]> committed = new TreeMap<>();
  private final Set<String> interrupted = new HashSet<>();
  private OperatorSubtaskState[] state;
  private int position;
  private int positionInState;
  private long checkpoints;

  RestartingJob(Settings settings, ModelLoader loader, List<PerceptionRequest> source) {
    this.settings = settings;
    this.loader = loader;
    this.source = source;
  }

  /** Starts, or goes on from the last checkpoint. */
  void start(int parallelism) throws Exception {
    OperatorSubtaskState whole =
        state == null ? null : AbstractStreamOperatorTestHarness.repackageState(state);
    for (int subtask = 0; subtask < parallelism; subtask++) {
      PerceiveHarness harness = PerceiveHarness.of(settings, loader, parallelism, subtask);
      subtasks.add(harness);
      if (whole != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                whole, PerceiveHarness.MAX_PARALLELISM, state.length, parallelism, subtask));
      }
      harness.open();
    }
    position = positionInState;
  }

  /** Kills it in the middle of whatever it does. */
  void kill() throws Exception {
    for (PerceiveHarness subtask : subtasks) {
      interrupted.addAll(((PerceiveOperator) subtask.getOperator()).generating());
    }
    close();
  }

  /** The events that have been killed with some of their tokens generated. */
  Set<String> interrupted() {
    return interrupted;
  }

  @Override
  public void close() throws Exception {
    for (PerceiveHarness subtask : subtasks) {
      subtask.close();
    }
    subtasks.clear();
  }

  /** Sends the next record if fewer than so many are in flight. */
  boolean send(int inFlightMax) throws Exception {
    if (position == source.size() || inFlight() >= inFlightMax) {
      return false;
    }
    PerceptionRequest request = source.get(position++);
    int subtask =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            request.key(), PerceiveHarness.MAX_PARALLELISM, subtasks.size());
    subtasks.get(subtask).send(request, position);
    return true;
  }

  int inFlight() {
    return subtasks.stream().mapToInt(PerceiveHarness::inFlight).sum();
  }

  /** Whether every record has been sent and its result has left. */
  boolean idle() {
    return position == source.size() && inFlight() == 0;
  }

  /** Runs the mails that are there. */
  boolean runMails() throws Exception {
    boolean any = false;
    for (PerceiveHarness subtask : subtasks) {
      for (Optional<Mail> mail;
          (mail = subtask.getTaskMailbox().tryTake(0)).isPresent();
          any = true) {
        mail.get().run();
      }
    }
    return any;
  }

  /** Takes a checkpoint, and commits what was written before it. */
  void checkpoint() throws Exception {
    OperatorSubtaskState[] parts = new OperatorSubtaskState[subtasks.size()];
    long id = ++checkpoints;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = subtasks.get(i).snapshot(id, id);
    }
    for (PerceiveHarness subtask : subtasks) {
      for (Perceived result : subtask.results()) {
        if (committed.put(result.subject().eventId(), bytes(result)) != null) {
          throw new AssertionError(result.subject().eventId() + " comes out twice");
        }
      }
      subtask.getOutput().clear();
    }
    state = parts;
    positionInState = position;
  }

  /** Results by event, as the bytes that operators exchange. */
  Map<String, byte[]> committed() {
    return committed;
  }

  private static byte[] bytes(Perceived result) throws IOException {
    DataOutputSerializer bytes = new DataOutputSerializer(256);
    PerceivedSerializer.INSTANCE.serialize(result, bytes);
    return bytes.getCopyOfBuffer();
  }
}
