package dev.moonflow.jobs.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.FrameWindow;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Windows of videos tell of the captions before them. */
class PerceiveWindowTest {
  private static final int TOKENS = 4;
  private static final int TOLD = 2;

  private String path;
  private FakeModel model;

  @BeforeEach
  void aModelOfItsOwn(TestInfo test) {
    path = "fake/window/" + test.getDisplayName();
    model = FakeModel.at(path);
  }

  private PerceiveHarness open(OperatorSubtaskState state) throws Exception {
    PerceiveHarness harness = PerceiveHarness.fake(path, 100, 1, 0);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static PerceptionRequest request(
      String stream, int number, RequestKind kind, PromptPart... parts) {
    Subject subject = Subject.of(stream, stream + number, kind, number, Map.of());
    return new PerceptionRequest(
        kind == RequestKind.STREAM_END
            ? subject
            : subject.with(new FrameWindow(number, number + 1, 1, 0, 0)),
        new RawRecord("frames", 0, number, 7, null, null, List.of()),
        parts.length == 0 ? List.of() : List.of(new PromptMessage("user", List.of(parts))),
        new SamplingParameters(1f, 1f, number, true),
        TOKENS);
  }

  private static PerceptionRequest window(String stream, int number) {
    return request(
        stream,
        number,
        RequestKind.WINDOW,
        new PromptPart.Earlier("<{caption}>", TOLD),
        new PromptPart.Text("w" + number));
  }

  /** What the engine writes, window by window, when it is told of the last two. */
  private static List<String> expected(int from, int to) {
    List<String> captions = new ArrayList<>();
    for (int number = from; number < to; number++) {
      List<String> told = captions.subList(Math.max(0, captions.size() - TOLD), captions.size());
      String prompt = (told.isEmpty() ? "" : "<" + String.join("\n", told) + ">") + "w" + number;
      captions.add(
          Arrays.stream(FakeEngine.expected(prompt, number, TOKENS))
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(" ")));
    }
    return captions;
  }

  private static List<String> texts(PerceiveHarness harness, String stream) {
    return harness.results().stream()
        .filter(p -> p.subject().key().equals(stream) && p instanceof Perceived.Generated)
        .map(p -> ((Perceived.Generated) p).text())
        .toList();
  }

  @Test
  void eachWindowIsToldOfThoseBeforeItAndStreamsGoSideBySide() throws Exception {
    try (PerceiveHarness harness = open(null)) {
      for (int number = 0; number < 5; number++) {
        harness.send(window("a", number), number);
        harness.send(window("b", number + 10), number);
      }
      harness.runUntil(() -> model.resumed.size() == 2);
      model.free();
      harness.runUntilResults(10);
      assertThat(texts(harness, "a")).isEqualTo(expected(0, 5));
      assertThat(texts(harness, "b")).isEqualTo(expected(10, 15));
      assertThat(model.mostAtOnce.get()).isEqualTo(2);
    }
  }

  @Test
  void aRestartAtAnyMomentTellsTheSame() throws Exception {
    OperatorSubtaskState state = null;
    List<String> texts = new ArrayList<>();
    for (int life = 0; texts.size() < 6; life++) {
      try (PerceiveHarness harness = open(state)) {
        if (life == 0) {
          for (int number = 0; number < 6; number++) {
            harness.send(window("a", number), number);
          }
        }
        int before = model.stepsDone.get();
        model.steps.release(3);
        harness.runUntil(() -> model.stepsDone.get() - before == 3 || harness.inFlight() == 0);
        model.steps.drainPermits();
        state = harness.snapshot(life, life);
        texts.addAll(texts(harness, "a"));
      }
    }
    assertThat(texts).isEqualTo(expected(0, 6));
  }

  @Test
  void whatIsUnchangedRepeatsAndTheEndForgets() throws Exception {
    model.free();
    try (PerceiveHarness harness = open(null)) {
      harness.send(request("a", 9, RequestKind.UNCHANGED_WINDOW), 0);
      harness.send(window("a", 1), 1);
      harness.send(request("a", 2, RequestKind.UNCHANGED_WINDOW), 2);
      harness.send(request("a", 3, RequestKind.STREAM_END), 3);
      harness.send(window("a", 1), 4);
      harness.send(request("a", 5, RequestKind.STREAM_END), 5);
      harness.runUntilResults(6);
      String caption = expected(1, 2).get(0);
      assertThat(texts(harness, "a")).containsExactly("", caption, caption, caption);
      assertThat(((Perceived.Generated) harness.results().get(2)).tokens()).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aWindowThatFailsIsNotToldOf() throws Exception {
    model.free();
    try (PerceiveHarness harness = open(null)) {
      PromptPart bad = new PromptPart.Text(FakeEngine.INCOMPUTABLE);
      harness.send(request("a", 0, RequestKind.WINDOW, bad), 0);
      harness.send(window("a", 1), 1);
      harness.runUntilResults(2);
      assertThat(texts(harness, "a")).isEqualTo(expected(1, 2));
      assertThat(harness.deadLetters()).hasSize(1);
    }
  }
}
