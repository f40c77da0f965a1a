package dev.moonflow.jobs.perceive;

import static dev.moonflow.jobs.perceive.PerceiveHarness.MAX_PARALLELISM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.graph.KimiVlLoader;
import dev.moonflow.jobs.settings.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operator on the real engine and the golden checkpoint. */
class PerceiveGoldenModelTest {
  private static final int REQUESTS = 8;
  private static final int TOKENS = 60;

  private static PerceiveHarness open(int parallelism, int subtask, OperatorSubtaskState state)
      throws Exception {
    String checkpoint = Path.of(System.getProperty("moonflow.golden.dir"), "checkpoint").toString();
    Settings settings =
        PerceiveHarness.settings(checkpoint).with("moonflow.engine.requests-running", "3");
    PerceiveHarness harness =
        PerceiveHarness.of(settings, new KimiVlLoader(), parallelism, subtask);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  /** Sampled at temperature 1, so that a draw out of place would show. */
  private static void sendAll(PerceiveHarness harness) throws Exception {
    for (int i = 0; i < REQUESTS; i++) {
      harness.send(
          PerceiveHarness.question("key" + i, "Say something. " + "x".repeat(i), TOKENS), i);
    }
  }

  @Test
  void sampledTokensAreTheSameThoughTheJobStopsInTheMiddleAndIsRescaled() throws Exception {
    Map<String, String> uninterrupted = new TreeMap<>();
    try (PerceiveHarness whole = open(1, 0, null)) {
      sendAll(whole);
      whole.endInput();
      collect(whole, uninterrupted);
    }
    assertThat(uninterrupted).hasSize(REQUESTS);

    Map<String, String> interrupted = new TreeMap<>();
    OperatorSubtaskState state;
    try (PerceiveHarness before = open(1, 0, null)) {
      sendAll(before);
      before.runUntilResults(1);
      state = before.snapshot(1, 1);
      collect(before, interrupted);
    }
    assertThat(interrupted).hasSizeLessThan(REQUESTS);
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, 2, subtask);
      try (PerceiveHarness after = open(2, subtask, part)) {
        after.endInput();
        collect(after, interrupted);
      }
    }
    assertThat(interrupted).isEqualTo(uninterrupted);
  }

  private static void collect(PerceiveHarness harness, Map<String, String> into) {
    for (Perceived result : harness.results()) {
      Perceived.Generated generated = (Perceived.Generated) result;
      String said =
          Arrays.toString(generated.tokens()) + generated.promptTokens() + generated.reason();
      assertThat(into.put(result.subject().eventId(), said)).isNull();
    }
  }
}
