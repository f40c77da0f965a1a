package dev.moonflow.jobs.perceive;

import static dev.moonflow.jobs.perceive.PerceiveHarness.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class PerceiveOperatorTest {
  private String path;
  private FakeModel model;

  @BeforeEach
  void aModelOfItsOwn(TestInfo test) {
    path = "fake/" + test.getDisplayName();
    model = FakeModel.at(path);
  }

  @AfterEach
  void theModelIsFreedWithItsLastUser() {
    assertThat(SharedModels.count()).isZero();
  }

  private PerceiveHarness open(int inFlight) throws Exception {
    PerceiveHarness harness = PerceiveHarness.fake(path, inFlight, 1, 0);
    harness.open();
    return harness;
  }

  @Test
  void resultsOfAKeyLeaveInTheOrderOfArrivalAndOtherKeysDoNotWait() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      harness.send(question("a", "long", 9), 1);
      harness.send(question("a", "short", 1), 2);
      harness.send(question("b", "other", 3), 3);
      harness.runUntil(() -> model.resumed.size() == 3);
      model.steps.release(8);
      harness.runUntilResults(1);
      assertThat(harness.outputInOrder()).containsExactly("b/other");

      model.free();
      harness.runUntilResults(3);
      assertThat(harness.outputInOrder()).containsExactly("b/other", "a/long", "a/short");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aResultCarriesTokensTextAndPosition() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      model.free();
      PerceptionRequest request = question("a", "what", 3);
      harness.send(request, 11);
      harness.runUntilResults(1);

      Perceived.Generated result = (Perceived.Generated) harness.results().get(0);
      int[] tokens = FakeEngine.expected("what", 4, 3);
      assertThat(result.tokens()).isEqualTo(tokens);
      assertThat(result.text()).isEqualTo(tokens[0] + " " + tokens[1] + " " + tokens[2]);
      assertThat(result.seed()).isEqualTo(4);
      assertThat(result.source().position()).isEqualTo(request.source().position());
      assertThat(result.source().value()).isNull();
      assertThat(harness.getRecordOutput().iterator().next().getTimestamp()).isEqualTo(11);
    }
  }

  @Test
  void noMoreThanTheLimitAreInFlight() throws Exception {
    try (PerceiveHarness harness = open(3)) {
      model.free();
      for (int i = 0; i < 40; i++) {
        harness.send(question("k" + i % 5, "q" + i, 2), i);
      }
      harness.endInput();
      assertThat(harness.results()).hasSize(40);
      // The one more is the request that is being taken in.
      assertThat(model.mostAtOnce.get()).isBetween(1, 4);
    }
  }

  @Test
  void noMoreThanTheirBytesAreInFlightButOneLargeRequestGoesAlone() throws Exception {
    // Each question's record has three bytes.
    try (PerceiveHarness harness =
        PerceiveHarness.of(
            PerceiveHarness.settings(path).with("moonflow.engine.bytes-in-flight", "2 bytes"),
            new FakeModel.Loader(),
            1,
            0)) {
      harness.open();
      model.free();
      for (int i = 0; i < 10; i++) {
        harness.send(question("k" + i, "q" + i, 2), i);
        assertThat(harness.inFlight()).isLessThanOrEqualTo(1);
      }
      harness.endInput();
      assertThat(harness.results()).hasSize(10);
    }
  }

  @Test
  void aWatermarkWaitsForTheRequestsBeforeItAndForNoOther() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      harness.processWatermark(new Watermark(1));
      harness.send(question("a", "long", 9), 2);
      harness.processWatermark(new Watermark(3));
      harness.processWatermark(new Watermark(4));
      harness.send(question("b", "short", 1), 5);
      harness.processWatermark(new Watermark(6));
      harness.runUntil(() -> model.resumed.size() == 2);
      model.steps.release(5);
      harness.runUntilResults(1);
      assertThat(harness.outputInOrder()).containsExactly("W1", "b/short");

      model.free();
      harness.runUntilResults(2);
      assertThat(harness.outputInOrder()).containsExactly("W1", "b/short", "a/long", "W4", "W6");
    }
  }

  @Test
  void idlenessWaitsForTheRequestsBeforeIt() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      harness.send(question("a", "one", 2), 1);
      harness.processWatermark(new Watermark(2));
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      assertThat(harness.outputInOrder()).isEmpty();

      model.free();
      harness.runUntilResults(1);
      assertThat(harness.outputInOrder()).containsExactly("a/one", "W2", "idle");
      harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
      assertThat(harness.outputInOrder()).containsExactly("a/one", "W2", "idle", "active");
    }
  }

  @Test
  void idlenessThatIsOverBeforeTheRequestsHaveLeftIsNeverTold() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      harness.send(question("a", "one", 2), 1);
      harness.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
      model.free();
      harness.runUntilResults(1);
      assertThat(harness.outputInOrder()).containsExactly("a/one");
    }
  }

  @Test
  void whatCannotBeComputedBecomesOneDeadLetterAndNeighboursStay() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      model.free();
      harness.send(question("a", "one", 4), 1);
      harness.send(question("a", FakeEngine.UNPREPARABLE, 4), 2);
      harness.send(question("a", FakeEngine.INCOMPUTABLE, 4), 3);
      harness.send(question("a", "two", 4), 4);
      harness.endInput();

      assertThat(harness.outputInOrder())
          .containsExactly("a/one", "a/unpreparable", "a/incomputable", "a/two");
      assertThat(harness.results().get(1)).isInstanceOf(Perceived.Failed.class);
      assertThat(harness.results().get(2)).isInstanceOf(Perceived.Failed.class);
      assertThat(((Perceived.Generated) harness.results().get(3)).tokens())
          .isEqualTo(FakeEngine.expected("two", 3, 4));
      assertThat(harness.deadLetters()).hasSize(2);
      assertThat(harness.deadLetters().get(0).value()).isEqualTo(new byte[] {1, 2, 3});
      assertThat(headers(harness.deadLetters()).get(0))
          .contains("perceive.decode", "Field messages holds a bad word.");
      assertThat(headers(harness.deadLetters()).get(1))
          .contains("perceive.generate", "It overflowed.");
    }
  }

  private static List<String> headers(List<OutputRecord> records) {
    return records.stream().map(record -> record.headers().toString()).toList();
  }

  @Test
  void theEndOfInputWaitsForEveryRequest() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      for (int i = 0; i < 10; i++) {
        harness.send(question("k" + i, "q", 1 + i), i);
      }
      model.free();
      harness.endInput();
      assertThat(harness.results()).hasSize(10);
    }
  }

  @Test
  void aBrokenEngineFailsTheTaskWithItsCause() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      model.free();
      harness.send(question("a", FakeEngine.CRASH, 4), 1);
      assertThatThrownBy(harness::endInput)
          .hasMessage("the engine failed")
          .hasRootCauseMessage("the device is gone");
    }
    assertThat(model.enginesClosed.get()).isEqualTo(1);
  }

  @Test
  void closingInTheMiddleFreesEverything() throws Exception {
    try (PerceiveHarness harness = open(100)) {
      harness.send(question("a", "never", 1_000), 1);
      harness.runUntil(() -> model.resumed.size() == 1);
    }
    assertThat(model.enginesClosed.get()).isEqualTo(1);
    assertThat(model.closed.get()).isEqualTo(1);
  }
}
