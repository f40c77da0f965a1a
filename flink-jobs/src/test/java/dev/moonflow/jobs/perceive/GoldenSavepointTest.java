package dev.moonflow.jobs.perceive;

import static dev.moonflow.jobs.perceive.PerceiveHarness.MAX_PARALLELISM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A savepoint that an earlier release took goes on under this one. */
class GoldenSavepointTest {

  @ParameterizedTest(name = "{0} on {1}, {2} subtasks")
  @CsvSource({
    "perceive-2, hashmap, 1",
    "perceive-2, hashmap, 3",
    "perceive-2, rocksdb, 1",
    "perceive-2, rocksdb, 2",
    "perceive-3, hashmap, 1",
    "perceive-3, hashmap, 4",
    "perceive-3, rocksdb, 1",
    "perceive-3, rocksdb, 2"
  })
  void everyRequestGoesOnWhereItWas(String name, String backend, int parallelism) throws Exception {
    String path = "fake/golden/" + name + backend + parallelism;
    FakeModel model = FakeModel.at(path).free();
    OperatorSubtaskState whole = GoldenSavepoint.read(name);
    Map<String, List<String>> idsByKey = new TreeMap<>();
    Map<String, Perceived> results = new TreeMap<>();
    int deadLetters = 0;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              whole, MAX_PARALLELISM, 1, parallelism, subtask);
      try (PerceiveHarness harness = PerceiveHarness.fake(path, 100, parallelism, subtask)) {
        harness.setStateBackend(backend(backend));
        harness.initializeState(part);
        harness.open();
        harness.endInput();
        harness.runUntil(() -> harness.inFlight() == 0);
        for (Perceived result : harness.results()) {
          String id = result.subject().eventId() + "#" + result.subject().page();
          assertThat(results.put(id, result)).isNull();
          idsByKey.computeIfAbsent(result.subject().key(), k -> new ArrayList<>()).add(id);
        }
        deadLetters += harness.deadLetters().size();
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
    }
    assertThat(idsByKey)
        .containsEntry("sampled", List.of("s-1#-1", "s-2#-1"))
        .containsEntry("scanner", List.of("i-1#-1", "d-1#1", "d-1#2"));
    assertThat(results).hasSize(GoldenSavepoint.requests().size());
    assertThat(deadLetters).isEqualTo(1);
    assertThat(results.get("b-1#-1")).isInstanceOf(Perceived.Failed.class);
    for (PerceptionRequest request : GoldenSavepoint.requests()) {
      Perceived result = results.get(request.subject().eventId() + "#" + request.subject().page());
      assertThat(result.subject()).isEqualTo(request.subject());
      assertThat(result.source().position()).isEqualTo(request.source().position());
      assertThat(result.source().headers()).isEqualTo(request.source().headers());
      if (result instanceof Perceived.Generated generated) {
        int[] tokens =
            FakeEngine.expected(text(request), request.sampling().seed(), request.maxNewTokens());
        assertThat(generated.tokens()).isEqualTo(tokens);
        assertThat(generated.logProbabilities()).isEqualTo(FakeEngine.logProbabilities(tokens, 0));
      }
    }
    // Six generate; the one that had ended is not computed again.
    assertThat(model.resumed).hasSize(5).containsOnly(GoldenSavepoint.STEPS);
    // The second version has no features, the third was taken with them.
    assertThat(model.imagesEncoded.get()).isEqualTo(name.equals("perceive-2") ? 1 : 0);
  }

  private static String text(PerceptionRequest request) {
    return request.messages().get(0).parts().stream()
        .filter(PromptPart.Text.class::isInstance)
        .map(part -> ((PromptPart.Text) part).text())
        .findFirst()
        .orElseThrow();
  }

  private static StateBackend backend(String name) {
    return name.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }
}
