package dev.moonflow.jobs.perceive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.engine.SamplingParameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedEnginesTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private static EngineShare share(String path, int running) throws Exception {
    Settings settings =
        Settings.of(
            Map.of(
                "moonflow.model.path",
                path,
                "moonflow.engine.requests-running",
                Integer.toString(running)));
    return SharedEngines.acquire(new PerceiveSettings(settings), new FakeModel.Loader());
  }

  private static Question question(String prompt) {
    return new Question(null, prompt, SamplingParameters.greedy(), 4, null, MediaLimits.DEFAULT);
  }

  private static Answered get(CompletableFuture<Answered> answer) throws Exception {
    return answer.get(30, TimeUnit.SECONDS);
  }

  @Test
  void callersShareOneEngineAndItsBatch() throws Exception {
    FakeModel model = FakeModel.at("shared/batch");
    int before = SharedEngines.count();
    try (EngineShare one = share("shared/batch", 8);
        EngineShare other = share("shared/batch", 8)) {
      assertThat(SharedEngines.count()).isEqualTo(before + 1);
      var first = one.ask(question("a"), LONG);
      var second = other.ask(question("b"), LONG);
      var third = other.ask(question("a"), LONG);
      await().until(() -> model.resumed.size() == 3);
      model.free();
      assertThat(get(first)).isEqualTo(get(third));
      assertThat(get(second).text()).isNotEqualTo(get(first).text());
      assertThat(model.mostAtOnce.get()).isEqualTo(3);
      try (EngineShare narrow = share("shared/batch", 2)) {
        assertThat(SharedEngines.count()).as("another budget").isEqualTo(before + 2);
        assertThat(narrow.fingerprint()).isEqualTo(one.fingerprint());
      }
      assertThat(model.closed.get()).as("its weights are still in use").isZero();
    }
    assertThat(SharedEngines.count()).isEqualTo(before);
    await().until(() -> model.closed.get() == 1);
  }

  @Test
  void whoLeavesTakesItsOwnQuestionsBackAndNoOthers() throws Exception {
    FakeModel model = FakeModel.at("shared/leave");
    try (EngineShare stays = share("shared/leave", 8)) {
      EngineShare leaves = share("shared/leave", 8);
      var lost = leaves.ask(question("a"), LONG);
      var kept = stays.ask(question("a"), LONG);
      await().until(() -> model.resumed.size() == 2);
      leaves.close();
      assertThat(lost).isCancelled();
      assertThat(leaves.inFlight()).isZero();
      await().until(() -> model.cancelled.get() == 1);
      model.free();
      assertThat(get(kept).tokens()).isEqualTo(4);
    }
  }

  @Test
  void aQuestionAtFaultFailsAlone() throws Exception {
    FakeModel.at("shared/fault").free();
    try (EngineShare share = share("shared/fault", 8)) {
      var bad = share.ask(question(FakeEngine.UNPREPARABLE), LONG);
      var worse = share.ask(question(FakeEngine.INCOMPUTABLE), LONG);
      Question noImage =
          new Question(
              new byte[] {1, 2}, "a", SamplingParameters.greedy(), 4, null, MediaLimits.DEFAULT);
      var blind = share.ask(noImage, LONG);
      var good = share.ask(question("a"), LONG);
      for (var failing : List.of(bad, worse, blind)) {
        assertThatThrownBy(() -> get(failing))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(QuestionFailedException.class);
      }
      assertThat(get(good).tokens()).isEqualTo(4);
    }
  }

  @Test
  void aQuestionThatWaitsTooLongFailsInOneSentence() throws Exception {
    FakeModel model = FakeModel.at("shared/slow");
    try (EngineShare share = share("shared/slow", 8)) {
      var slow = share.ask(question("a"), Duration.ofMillis(50));
      assertThatThrownBy(() -> get(slow))
          .hasCauseInstanceOf(QuestionFailedException.class)
          .cause()
          .hasMessage("There was no answer within 50 ms.");
      assertThat(share.inFlight()).isZero();
      await().until(() -> model.cancelled.get() == 1);
      model.free();
      assertThat(get(share.ask(question("b"), LONG)).tokens()).isEqualTo(4);
    }
  }

  @Test
  void anEngineThatBreaksFailsWhoeverWaitsAndIsReplaced() throws Exception {
    FakeModel.at("shared/broken").free();
    try (EngineShare first = share("shared/broken", 8)) {
      var crash = first.ask(question(FakeEngine.CRASH), LONG);
      assertThatThrownBy(() -> get(crash))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isNotInstanceOf(QuestionFailedException.class);
      try (EngineShare second = share("shared/broken", 8)) {
        assertThat(get(second.ask(question("a"), LONG)).tokens()).isEqualTo(4);
      }
    }
  }
}
