package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.KeyedStateBackend;

/** Faults in what goes into keyed state and comes out of it. */
final class SimStateBugs {
  private SimStateBugs() {}

  static List<SimBug> all() {
    return List.of(
        new SkipsATokenOnRestore(),
        new RepeatsATokenOnRestore(),
        new ForgetsTheSamplerOnRestore(),
        new ForgetsProbabilitiesOnRestore(),
        new ForgetsAllTokensOnRestore(),
        new RestoresAKeyBackwards(),
        new DropsRequestsOnRescale(),
        new ForgetsWhatHadEnded(),
        new KeepsFeaturesInAReusedBuffer(),
        new LosesFeatures(),
        new KeepsOnlyTheFirstProgress(),
        new WritesProgressUnderTheNextSequence(),
        new NeverForgets(),
        new ForgetsTheRequestButNotItsProgress());
  }

  /** State whose restored requests are changed. */
  private abstract static class OnRestore extends SimBug {
    abstract List<PerceiveState.Restored> change(List<PerceiveState.Restored> all);

    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        @Override
        List<Restored> readAll(String modelFingerprint) throws Exception {
          return change(super.readAll(modelFingerprint));
        }
      };
    }

    static List<PerceiveState.Restored> each(
        List<PerceiveState.Restored> all, UnaryOperator<StoredProgress> progress) {
      return all.stream()
          .map(
              r ->
                  new PerceiveState.Restored(
                      r.key(),
                      r.sequence(),
                      r.queued(),
                      progress.apply(r.progress()),
                      r.features(),
                      r.featuresStored()))
          .toList();
    }

    static StoredProgress with(StoredProgress p, int[] tokens, float[] logs) {
      return new StoredProgress(
          tokens, p.promptTokens(), p.reason(), logs, p.phase(), SamplerState.UNKNOWN);
    }
  }

  static final class SkipsATokenOnRestore extends OnRestore {
    @Override
    List<PerceiveState.Restored> change(List<PerceiveState.Restored> all) {
      return each(
          all,
          p -> {
            int left = Math.max(0, p.tokens().length - 1);
            int[] tokens = left == 0 ? new int[0] : Arrays.copyOfRange(p.tokens(), 1, left + 1);
            return with(p, tokens, Arrays.copyOf(p.logProbabilities(), left));
          });
    }
  }

  static final class RepeatsATokenOnRestore extends OnRestore {
    @Override
    List<PerceiveState.Restored> change(List<PerceiveState.Restored> all) {
      return each(
          all,
          p -> {
            int n = p.tokens().length;
            if (n == 0) {
              return p;
            }
            int[] tokens = Arrays.copyOf(p.tokens(), n + 1);
            tokens[n] = tokens[n - 1];
            return with(p, tokens, Arrays.copyOf(p.logProbabilities(), n + 1));
          });
    }
  }

  static final class ForgetsTheSamplerOnRestore extends OnRestore {
    @Override
    List<PerceiveState.Restored> change(List<PerceiveState.Restored> all) {
      return all.stream()
          .map(
              r -> {
                PerceptionRequest q = r.queued().request();
                SamplingParameters s = q.sampling();
                PerceptionRequest reseeded =
                    new PerceptionRequest(
                        q.subject(),
                        q.source(),
                        q.messages(),
                        new SamplingParameters(s.temperature(), s.topP(), 0, s.ignoreStopTokens()),
                        q.maxNewTokens());
                return new PerceiveState.Restored(
                    r.key(),
                    r.sequence(),
                    new QueuedRequest(r.queued().timestamp(), reseeded),
                    with(r.progress(), r.progress().tokens(), r.progress().logProbabilities()),
                    r.features(),
                    r.featuresStored());
              })
          .toList();
    }
  }

  static final class ForgetsProbabilitiesOnRestore extends OnRestore {
    @Override
    List<PerceiveState.Restored> change(List<PerceiveState.Restored> all) {
      return each(
          all,
          p ->
              with(
                  p,
                  p.tokens(),
                  StoredProgress.joined(new float[0], new float[0], p.tokens().length)));
    }
  }

  /** Gives the right answers; only the work is done twice. */
  static final class ForgetsAllTokensOnRestore extends OnRestore {
    @Override
    List<PerceiveState.Restored> change(List<PerceiveState.Restored> all) {
      return each(all, p -> p.reason() == null ? StoredProgress.NONE : p);
    }
  }

  static final class RestoresAKeyBackwards extends OnRestore {
    @Override
    List<PerceiveState.Restored> change(List<PerceiveState.Restored> all) {
      List<PerceiveState.Restored> backwards = new ArrayList<>(all);
      Collections.reverse(backwards);
      return backwards;
    }
  }

  /** Takes a key's subtask from its hash, as if there were no key groups. */
  static final class DropsRequestsOnRescale extends OnRestore {
    @Override
    List<PerceiveState.Restored> change(List<PerceiveState.Restored> all) {
      return all.stream().filter(r -> Math.floorMod(r.key().hashCode(), 3) != 1).toList();
    }
  }

  /** Starts what had ended again, after its last token. */
  static final class ForgetsWhatHadEnded extends OnRestore {
    @Override
    List<PerceiveState.Restored> change(List<PerceiveState.Restored> all) {
      return each(
          all,
          p ->
              p.reason() == null
                  ? p
                  : new StoredProgress(
                      Arrays.copyOf(p.tokens(), p.tokens().length - 1),
                      p.promptTokens(),
                      p.reason(),
                      Arrays.copyOf(p.logProbabilities(), p.tokens().length - 1),
                      Phase.DECODE,
                      SamplerState.UNKNOWN));
    }
  }

  /** Keeps the array itself, which somebody goes on to use for something else. */
  static final class KeepsFeaturesInAReusedBuffer extends SimBug {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        @Override
        void keep(InFlight entry, StoredFeatures rows) throws Exception {
          super.keep(
              entry,
              new StoredFeatures(
                  rows.modelFingerprint(),
                  rows.rows().stream().map(row -> new float[row.length]).toList()));
        }
      };
    }
  }

  static final class LosesFeatures extends SimBug {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        @Override
        void keep(InFlight entry, StoredFeatures rows) {}
      };
    }
  }

  /** Writes progress once and believes it has written it for good. */
  static final class KeepsOnlyTheFirstProgress extends SimBug {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        private final List<InFlight> written = new ArrayList<>();

        @Override
        void update(InFlight entry, StoredProgress reached) throws Exception {
          if (!written.contains(entry)) {
            written.add(entry);
            super.update(entry, reached);
          }
        }
      };
    }
  }

  static final class WritesProgressUnderTheNextSequence extends SimBug {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        @Override
        void update(InFlight entry, StoredProgress reached) throws Exception {
          super.update(
              new InFlight(
                  entry.arrival(),
                  entry.sequence() + 1,
                  entry.queued(),
                  StoredProgress.NONE,
                  List.of()),
              reached);
        }
      };
    }
  }

  static final class NeverForgets extends SimBug {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        @Override
        void remove(InFlight entry) {}
      };
    }
  }

  /** Leaves progress for the next request that gets the same sequence number. */
  static final class ForgetsTheRequestButNotItsProgress extends SimBug {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        private StoredProgress last;

        @Override
        void update(InFlight entry, StoredProgress reached) throws Exception {
          last = reached;
          super.update(entry, reached);
        }

        @Override
        void remove(InFlight entry) throws Exception {
          super.remove(entry);
          if (last != null && entry.done()) {
            super.update(entry, last);
          }
        }
      };
    }
  }
}
