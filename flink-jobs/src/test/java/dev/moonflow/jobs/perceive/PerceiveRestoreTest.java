package dev.moonflow.jobs.perceive;

import static dev.moonflow.jobs.perceive.PerceiveHarness.MAX_PARALLELISM;
import static dev.moonflow.jobs.perceive.PerceiveHarness.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class PerceiveRestoreTest {
  private static final int KEYS = 12;

  private String path;
  private FakeModel model;

  @BeforeEach
  void aModelOfItsOwn(TestInfo test) {
    path = "fake/restore/" + test.getDisplayName();
    model = FakeModel.at(path);
  }

  @Test
  void generationGoesOnAfterARestartAtAnotherParallelism() throws Exception {
    rescaleInTheMiddle(new HashMapStateBackend());
  }

  @Test
  void generationGoesOnAfterARestartFromRocksDb() throws Exception {
    rescaleInTheMiddle(new EmbeddedRocksDBStateBackend());
  }

  /** One subtask to four, to two, and to one to finish: each in mid-generation. */
  private void rescaleInTheMiddle(StateBackend backend) throws Exception {
    OperatorSubtaskState state;
    try (PerceiveHarness one = open(backend, 1, 0, null)) {
      for (int k = 0; k < KEYS; k++) {
        one.send(question("k" + k, "long", 30 + k), k);
        one.send(question("k" + k, "short", 2), k);
      }
      one.runUntil(() -> model.resumed.size() == 2 * KEYS);
      step(one, 10);
      state = one.snapshot(1, 1);
      assertThat(one.results()).isEmpty();
    }
    assertThat(model.resumed).hasSize(2 * KEYS).containsOnly(0);

    state = goOn(backend, state, 1, 4, 10);
    state = goOn(backend, state, 4, 2, 11);
    OperatorSubtaskState whole =
        AbstractStreamOperatorTestHarness.repartitionOperatorState(state, MAX_PARALLELISM, 2, 1, 0);
    model.resumed.clear();
    model.free();
    try (PerceiveHarness one = open(backend, 1, 0, whole)) {
      one.runUntilResults(2 * KEYS);
      assertThat(model.resumed).hasSize(KEYS).allMatch(n -> n >= 12);
      for (int k = 0; k < KEYS; k++) {
        assertThat(List.of(tokensOf("k" + k, one.results())))
            .containsExactly(
                FakeEngine.expected("long", 4, 30 + k), FakeEngine.expected("short", 5, 2));
      }
      assertThat(one.numKeyedStateEntries()).isZero();
    }
  }

  /** Restores into more or fewer subtasks, lets each take some steps, and snapshots. */
  private OperatorSubtaskState goOn(
      StateBackend backend, OperatorSubtaskState state, int from, int to, int atLeast)
      throws Exception {
    model.resumed.clear();
    OperatorSubtaskState[] parts = new OperatorSubtaskState[to];
    int subtasksWithWork = 0;
    for (int subtask = 0; subtask < to; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, from, to, subtask);
      int restored = model.resumed.size();
      try (PerceiveHarness one = open(backend, to, subtask, part)) {
        one.runUntil(() -> model.resumed.size() - restored == one.inFlight() / 2);
        subtasksWithWork += one.inFlight() > 0 ? 1 : 0;
        step(one, 2);
        parts[subtask] = one.snapshot(to, to);
        assertThat(one.results()).isEmpty();
      }
    }
    assertThat(subtasksWithWork).isGreaterThan(1);
    // The short ones had ended: they are held back, and not computed again.
    assertThat(model.resumed).hasSize(KEYS).allMatch(n -> n >= atLeast);
    return AbstractStreamOperatorTestHarness.repackageState(parts);
  }

  @Test
  void aSnapshotDoesNotWaitForTheStepAtHand() throws Exception {
    OperatorSubtaskState state;
    try (PerceiveHarness one = open(new HashMapStateBackend(), 1, 0, null)) {
      one.send(question("a", "long", 50), 1);
      one.runUntil(() -> model.resumed.size() == 1);
      step(one, 6);
      model.hang = true;
      model.steps.release();
      one.runUntil(() -> model.hanging.get() == 1);
      state = one.snapshot(1, 1); // the engine is within its seventh step
      assertThat(model.hanging.get()).isEqualTo(1);
      assertThat(model.stepsDone.get()).isEqualTo(6);
      model.hang = false;
    }
    model.free();
    model.resumed.clear();
    try (PerceiveHarness one = open(new HashMapStateBackend(), 1, 0, state)) {
      one.runUntilResults(1);
      assertThat(model.resumed).containsExactly(6);
    }
  }

  @Test
  void stateThatLostATokenIsRefused() throws Exception {
    OperatorSubtaskState state;
    try (PerceiveHarness one = open(new HashMapStateBackend(), 1, 0, null)) {
      one.send(question("a", "long", 50), 1);
      one.runUntil(() -> model.resumed.size() == 1);
      step(one, 6);
      state = one.snapshot(2, 2);
    }
    try (PerceiveHarness one = new PerceiveHarness(factoryOf(new LosingParts()), 1, 0)) {
      one.initializeState(state);
      assertThatThrownBy(one::open)
          .hasMessageContaining("state of key a, request 0")
          .hasMessageContaining("stands at draw 6")
          .hasMessageContaining("its tokens at draw 5");
    }
  }

  private PerceiveOperatorFactory factoryOf(PerceiveParts parts) {
    return new PerceiveOperatorFactory(
        new PerceiveSettings(PerceiveHarness.settings(path)), new FakeModel.Loader(), parts);
  }

  /** Has state that gives one token less than was put into it. */
  private static final class LosingParts extends PerceiveParts {
    @Override
    PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
      return new PerceiveState(store, backend) {
        @Override
        List<Restored> readAll(String modelFingerprint) throws Exception {
          return super.readAll(modelFingerprint).stream().map(LosingParts::cut).toList();
        }
      };
    }

    private static PerceiveState.Restored cut(PerceiveState.Restored restored) {
      StoredProgress whole = restored.progress();
      int left = whole.tokens().length - 1;
      return new PerceiveState.Restored(
          restored.key(),
          restored.sequence(),
          restored.queued(),
          new StoredProgress(
              Arrays.copyOf(whole.tokens(), left),
              whole.promptTokens(),
              whole.reason(),
              Arrays.copyOf(whole.logProbabilities(), left),
              whole.phase(),
              whole.sampler()),
          restored.features(),
          restored.featuresStored());
    }
  }

  /** Lets the engine take some steps and waits until it has, or has nothing left to do. */
  private void step(PerceiveHarness harness, int steps) throws Exception {
    int before = model.stepsDone.get();
    model.steps.release(steps);
    harness.runUntil(
        () ->
            model.stepsDone.get() - before == steps
                || (harness.inFlight() == 0 && harness.getTaskMailbox().size() == 0));
    model.steps.drainPermits();
  }

  @Test
  void whatFailsAndIsHeldBackFailsAgainAfterARestart() throws Exception {
    OperatorSubtaskState state;
    try (PerceiveHarness one = open(new HashMapStateBackend(), 1, 0, null)) {
      one.send(question("a", "long", 50), 1);
      one.send(question("a", FakeEngine.UNPREPARABLE, 5), 2);
      one.send(question("a", "after", 5), 3);
      one.runUntil(() -> model.resumed.size() == 2);
      step(one, 6);
      state = one.snapshot(1, 1);
    }
    model.free();
    try (PerceiveHarness one = open(new HashMapStateBackend(), 1, 0, state)) {
      one.runUntilResults(3);
      assertThat(one.outputInOrder()).containsExactly("a/long", "a/unpreparable", "a/after");
      assertThat(one.deadLetters()).hasSize(1);
    }
  }

  @Test
  void anyNumberOfRestartsAtAnyMomentGivesTheSameTokens() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("PerceiveRestoreTest seed " + seed);
    Random random = new Random(seed);
    List<Perceived> results = new ArrayList<>();
    OperatorSubtaskState state = null;
    int sent = 0;
    for (int life = 0; results.size() < 60; life++) {
      try (PerceiveHarness one = open(new HashMapStateBackend(), 1, 0, state)) {
        for (int n = random.nextInt(20); n > 0 && sent < 60; n--, sent++) {
          one.send(question("k" + sent % 7, "q" + sent, 1 + random.nextInt(9)), sent);
        }
        step(one, random.nextInt(6));
        state = one.snapshot(life, life);
        results.addAll(one.results());
      }
    }
    for (int k = 0; k < 7; k++) {
      List<String> ids = new ArrayList<>();
      for (int q = k; q < 60; q += 7) {
        ids.add("k" + k + "/q" + q);
      }
      String key = "k" + k;
      assertThat(results.stream().filter(r -> r.subject().key().equals(key)))
          .extracting(r -> r.subject().eventId())
          .containsExactlyElementsOf(ids);
    }
    for (Perceived result : results) {
      int[] tokens = ((Perceived.Generated) result).tokens();
      String prompt = result.subject().eventId().split("/")[1];
      assertThat(tokens).isEqualTo(FakeEngine.expected(prompt, prompt.length(), tokens.length));
    }
  }

  private PerceiveHarness open(
      StateBackend backend, int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    PerceiveHarness harness = harness(backend, parallelism, subtask);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private PerceiveHarness harness(StateBackend backend, int parallelism, int subtask)
      throws Exception {
    PerceiveHarness harness = PerceiveHarness.fake(path, 100, parallelism, subtask);
    harness.setStateBackend(backend);
    return harness;
  }

  private static int[][] tokensOf(String key, List<Perceived> results) {
    return results.stream()
        .filter(result -> result.subject().key().equals(key))
        .map(result -> ((Perceived.Generated) result).tokens())
        .toArray(int[][]::new);
  }
}
