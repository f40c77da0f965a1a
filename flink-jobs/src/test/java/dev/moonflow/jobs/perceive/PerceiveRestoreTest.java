package dev.moonflow.jobs.perceive;

import static dev.moonflow.jobs.perceive.PerceiveHarness.MAX_PARALLELISM;
import static dev.moonflow.jobs.perceive.PerceiveHarness.question;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
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

  /** One subtask to two, back to one, each in mid-generation. */
  private void rescaleInTheMiddle(StateBackend backend) throws Exception {
    OperatorSubtaskState first;
    try (PerceiveHarness one = open(backend, 1, 0, null)) {
      for (int k = 0; k < KEYS; k++) {
        one.send(question("k" + k, "long", 30 + k), k);
        one.send(question("k" + k, "short", 2), k);
      }
      one.runUntil(() -> model.resumed.size() == 2 * KEYS);
      step(one, 10);
      first = one.snapshot(1, 1);
      assertThat(one.results()).isEmpty();
    }
    assertThat(model.resumed).hasSize(2 * KEYS).containsOnly(0);
    model.resumed.clear();

    OperatorSubtaskState[] second = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              first, MAX_PARALLELISM, 1, 2, subtask);
      int restored = model.resumed.size();
      try (PerceiveHarness half = open(backend, 2, subtask, part)) {
        half.runUntil(() -> model.resumed.size() - restored == half.inFlight() / 2);
        step(half, 5);
        second[subtask] = half.snapshot(2, 2);
      }
    }
    // The short ones had ended: they are held back, and not computed again.
    assertThat(model.resumed).hasSize(KEYS).allMatch(n -> n >= 10);
    model.resumed.clear();

    OperatorSubtaskState both = AbstractStreamOperatorTestHarness.repackageState(second);
    OperatorSubtaskState whole =
        AbstractStreamOperatorTestHarness.repartitionOperatorState(both, MAX_PARALLELISM, 2, 1, 0);
    model.free();
    try (PerceiveHarness one = open(backend, 1, 0, whole)) {
      one.runUntilResults(2 * KEYS);
      assertThat(model.resumed).hasSize(KEYS).allMatch(n -> n > 10);
      for (int k = 0; k < KEYS; k++) {
        assertThat(List.of(tokensOf("k" + k, one.results())))
            .containsExactly(
                FakeEngine.expected("long", 4, 30 + k), FakeEngine.expected("short", 5, 2));
      }
      assertThat(one.numKeyedStateEntries()).isZero();
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
    PerceiveHarness harness = PerceiveHarness.fake(path, 100, parallelism, subtask);
    harness.setStateBackend(backend);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static int[][] tokensOf(String key, List<Perceived> results) {
    return results.stream()
        .filter(result -> result.subject().key().equals(key))
        .map(result -> ((Perceived.Generated) result).tokens())
        .toArray(int[][]::new);
  }
}
