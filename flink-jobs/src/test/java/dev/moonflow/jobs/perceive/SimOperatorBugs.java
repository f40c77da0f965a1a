package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Faults in the operator, its line of requests and its engine. */
final class SimOperatorBugs {
  private SimOperatorBugs() {}

  static List<SimBug> all() {
    return List.of(
        new PassesWatermarksOnAtOnce(),
        new LetsAWatermarkPassTheFirstRequest(),
        new LetsAnyFinishedRequestLeave(),
        new BeginsSequencesAnew(),
        new TakesInWithoutLimit(),
        new EndsBeforeItsRequests(),
        new SnapshotsBetweenRequests(),
        new ForgetsToSnapshot(),
        new EmitsAgainAfterAFailedCheckpoint(),
        new PutsIntoStateAfterYielding(),
        new LosesTimers(),
        new EngineDependsOnItsBatch(),
        new SamplerHasAStateOfItsOwn());
  }

  /** An operator of which something is different. */
  private abstract static class InOperator extends SimBug {
    @Override
    abstract PerceiveOperator operator(
        StreamOperatorParameters<Perceived> parameters,
        PerceiveSettings settings,
        ModelLoader loader,
        MailboxExecutor mailbox,
        PerceiveParts parts);
  }

  static final class PassesWatermarksOnAtOnce extends InOperator {
    @Override
    PerceiveOperator operator(
        StreamOperatorParameters<Perceived> parameters,
        PerceiveSettings settings,
        ModelLoader loader,
        MailboxExecutor mailbox,
        PerceiveParts parts) {
      return new PerceiveOperator(parameters, settings, loader, mailbox, parts) {
        @Override
        public void processWatermark(Watermark mark) {
          output.emitWatermark(mark);
        }
      };
    }
  }

  static final class LetsAWatermarkPassTheFirstRequest extends SimBug {
    @Override
    RequestLine line() {
      return new RequestLine() {
        private Watermark last;

        @Override
        void hold(Watermark watermark) {
          last = watermark;
          super.hold(watermark);
        }

        @Override
        Optional<Watermark> takeWatermark() {
          if (size() == 1 && last != null) {
            while (super.takeWatermark().isPresent()) {
              // what waited is replaced
            }
            Optional<Watermark> taken = Optional.of(last);
            last = null;
            return taken;
          }
          return super.takeWatermark();
        }
      };
    }
  }

  static final class LetsAnyFinishedRequestLeave extends SimBug {
    @Override
    RequestLine line() {
      return new RequestLine() {
        private final Set<InFlight> gone = new HashSet<>();

        @Override
        Optional<InFlight> takeDone(String key) {
          Optional<InFlight> first = super.takeDone(key);
          if (first.isPresent()) {
            return gone.remove(first.get()) ? takeDone(key) : first;
          }
          Optional<InFlight> any =
              all().stream()
                  .filter(e -> e.key().equals(key) && e.done() && !gone.contains(e))
                  .findFirst();
          any.ifPresent(gone::add);
          return any;
        }
      };
    }
  }

  /** Numbers a key's requests from 0 after a restore, over those that are there. */
  static final class BeginsSequencesAnew extends SimBug {
    @Override
    RequestLine line() {
      return new RequestLine() {
        private final java.util.Map<String, Long> next = new java.util.HashMap<>();

        @Override
        long nextSequence(String key) {
          return next.merge(key, 1L, Long::sum) - 1;
        }
      };
    }
  }

  static final class TakesInWithoutLimit extends SimBug {
    @Override
    RequestLine line() {
      return new RequestLine() {
        @Override
        int size() {
          return super.size() > 1 ? 1 : super.size();
        }

        @Override
        long bytes() {
          return 0;
        }
      };
    }
  }

  static final class EndsBeforeItsRequests extends InOperator {
    @Override
    PerceiveOperator operator(
        StreamOperatorParameters<Perceived> parameters,
        PerceiveSettings settings,
        ModelLoader loader,
        MailboxExecutor mailbox,
        PerceiveParts parts) {
      return new PerceiveOperator(parameters, settings, loader, mailbox, parts) {
        @Override
        public void endInput() throws Exception {
          close();
        }
      };
    }
  }

  /** Takes the snapshot's tokens of every request but those that a mail has just finished. */
  static final class SnapshotsBetweenRequests extends SimBug {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        @Override
        void update(InFlight entry, StoredProgress reached) throws Exception {
          super.update(entry, reached);
          if (reached.reason() != null && !entry.done()) {
            super.remove(entry); // its result will leave soon, as if that were certain
          }
        }
      };
    }
  }

  static final class ForgetsToSnapshot extends InOperator {
    @Override
    PerceiveOperator operator(
        StreamOperatorParameters<Perceived> parameters,
        PerceiveSettings settings,
        ModelLoader loader,
        MailboxExecutor mailbox,
        PerceiveParts parts) {
      return new PerceiveOperator(parameters, settings, loader, mailbox, parts) {
        @Override
        public void snapshotState(StateSnapshotContext context) {}
      };
    }
  }

  static final class EmitsAgainAfterAFailedCheckpoint extends InOperator {
    @Override
    PerceiveOperator operator(
        StreamOperatorParameters<Perceived> parameters,
        PerceiveSettings settings,
        ModelLoader loader,
        MailboxExecutor mailbox,
        PerceiveParts parts) {
      return new PerceiveOperator(parameters, settings, loader, mailbox, parts) {
        private StreamRecord<PerceptionRequest> last;

        @Override
        public void processElement(StreamRecord<PerceptionRequest> record) throws Exception {
          last = record.copy(record.getValue());
          super.processElement(record);
        }

        @Override
        public void notifyCheckpointAborted(long checkpoint) throws Exception {
          super.notifyCheckpointAborted(checkpoint);
          if (last != null) {
            StreamRecord<PerceptionRequest> again = last;
            last = null;
            super.processElement(again);
          }
        }
      };
    }
  }

  /** A request is in state only once there was room for it. */
  static final class PutsIntoStateAfterYielding extends SimBug {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        private InFlight late;

        @Override
        void add(InFlight entry) throws Exception {
          flush();
          late = entry;
        }

        @Override
        void remove(InFlight entry) throws Exception {
          if (entry == late) {
            late = null;
          }
          super.remove(entry);
        }

        private void flush() throws Exception {
          if (late != null) {
            super.add(late);
          }
        }
      };
    }
  }

  static final class LosesTimers extends SimBug {
    @Override
    org.apache.flink.streaming.api.functions.KeyedProcessFunction<String, Perceived, String>
        documents() {
      return new SimDocuments() {
        private static final long serialVersionUID = 1L;
        private transient Set<String> begun;

        @Override
        public void processElement(
            Perceived perceived, Context context, org.apache.flink.util.Collector<String> out)
            throws Exception {
          begun = begun == null ? new HashSet<>() : begun;
          begun.add(context.getCurrentKey());
          super.processElement(perceived, context, out);
        }

        @Override
        public void onTimer(
            long timestamp, OnTimerContext context, org.apache.flink.util.Collector<String> out)
            throws Exception {
          if (begun != null && begun.contains(context.getCurrentKey())) {
            super.onTimer(timestamp, context, out); // timers of an earlier run are gone
          }
        }
      };
    }
  }

  static final class EngineDependsOnItsBatch extends SimBug {
    @Override
    SimEngine engine(SimEngine engine) {
      return new SimEngine() {
        @Override
        int token(Slot slot) {
          return super.token(slot) + (standings().size() > 2 ? 1 : 0);
        }
      };
    }
  }

  /** Draws come from one stream of numbers for all, so that they depend on who came first. */
  static final class SamplerHasAStateOfItsOwn extends SimBug {
    @Override
    SimEngine engine(SimEngine engine) {
      return new SimEngine() {
        private int draws;

        @Override
        int token(Slot slot) {
          return slot.request.sampling().temperature() == 0
              ? super.token(slot)
              : (super.token(slot) + 7 * draws++) % 5_000;
        }
      };
    }
  }
}
