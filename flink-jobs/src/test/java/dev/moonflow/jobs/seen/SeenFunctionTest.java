package dev.moonflow.jobs.seen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.ingest.EncodedImage;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.model.engine.SamplingParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SeenFunctionTest {
  private static final SeenSettings SETTINGS =
      new SeenSettings(Duration.ofMinutes(10), Duration.ofSeconds(10), 100, 3, "letters", "job");

  /** The function in Flink's harness. */
  private static final class Harness
      extends KeyedOneInputStreamOperatorTestHarness<String, PerceptionRequest, PerceptionRequest> {
    Harness(OperatorSubtaskState state) throws Exception {
      super(
          new KeyedProcessOperator<>(new SeenFunction(SETTINGS)),
          PerceptionRequest::key,
          Types.STRING);
      setup(PerceptionRequest.TYPE.createSerializer(getExecutionConfig().getSerializerConfig()));
      if (state != null) {
        initializeState(state);
      }
      open();
    }

    void send(PerceptionRequest... requests) throws Exception {
      for (PerceptionRequest request : requests) {
        processElement(new StreamRecord<>(request));
      }
    }

    /** What has left, by event id, each with its images as text. */
    List<String> left() {
      List<String> left = new ArrayList<>();
      for (PerceptionRequest request : extractOutputValues()) {
        StringBuilder images = new StringBuilder(request.subject().eventId());
        for (PromptMessage message : request.messages()) {
          for (PromptPart part : message.parts()) {
            if (part instanceof PromptPart.Image image) {
              images.append(' ').append(new String(image.file().bytes(), UTF_8));
            }
          }
        }
        left.add(images.toString());
      }
      return left;
    }

    List<String> letters() {
      List<String> letters = new ArrayList<>();
      var side = getSideOutput(SeenFunction.DEAD_LETTERS);
      if (side != null) {
        for (StreamRecord<OutputRecord> record : side) {
          letters.add(
              RecordHeader.last(record.getValue().headers(), ErrorHeaders.MESSAGE)
                  .orElseThrow()
                  .text());
        }
      }
      return letters;
    }
  }

  private static PerceptionRequest request(Subject subject, PromptPart... parts) {
    RawRecord source = new RawRecord("t", 0, 1, 2, new byte[0], new byte[] {1}, List.of());
    return new PerceptionRequest(
        subject,
        source,
        parts.length == 0 ? List.of() : List.of(new PromptMessage("user", List.of(parts))),
        SamplingParameters.greedy(),
        5);
  }

  private static PerceptionRequest image(String key, String id, String pixels) {
    return request(
        Subject.of(key, id, RequestKind.IMAGE_OCR, 0, Map.of()),
        new PromptPart.Image(EncodedImage.of(pixels.getBytes(UTF_8))));
  }

  private static PerceptionRequest page(String id, RequestKind kind, int page) {
    Subject subject = Subject.of("s", id, RequestKind.IMAGE_OCR, 0, Map.of()).page(kind, page, 2);
    return kind == RequestKind.FAILED_PAGE
        ? request(subject)
        : request(
            subject, new PromptPart.Image(EncodedImage.of((id + "-" + page).getBytes(UTF_8))));
  }

  private static PerceptionRequest question(String id, PromptPart... parts) {
    return request(Subject.of("s", id, RequestKind.QUESTION, 0, Map.of()), parts);
  }

  private static PromptPart seen(String id, int page) {
    return new PromptPart.Seen(id, page);
  }

  @Test
  void aQuestionFindsAnImageOfItsSource() throws Exception {
    try (Harness harness = new Harness(null)) {
      harness.send(image("s", "a", "AAA"), image("other", "b", "BBB"));
      harness.send(question("q", new PromptPart.Text("?"), seen("a", -1)));
      assertThat(harness.left()).containsExactly("a AAA", "b BBB", "q AAA");
    }
  }

  @Test
  void aQuestionThatIsEarlyWaitsAndThoseBehindItToo() throws Exception {
    OperatorSubtaskState state;
    try (Harness harness = new Harness(null)) {
      harness.send(question("q1", seen("a", -1)), question("q2", new PromptPart.Text("?")));
      assertThat(harness.left()).isEmpty();
      state = harness.snapshot(1, 1);
    }
    try (Harness harness = new Harness(state)) {
      harness.send(image("s", "b", "B"));
      harness.send(question("q3", seen("b", -1)));
      assertThat(harness.left()).containsExactly("b B");
      harness.send(image("s", "a", "A"));
      assertThat(harness.left()).containsExactly("b B", "a A", "q1 A", "q2", "q3 B");
    }
  }

  @Test
  void anUnknownIdIsADeadLetterOnceTheQuestionHasWaited() throws Exception {
    try (Harness harness = new Harness(null)) {
      harness.send(image("other", "a", "A"), question("q", seen("a", -1)));
      harness.setProcessingTime(9_000);
      assertThat(harness.letters()).isEmpty();
      harness.setProcessingTime(11_000);
      assertThat(harness.letters())
          .containsExactly(
              "Field seen: the event \"a\" of the source \"s\" was not seen, or is not kept any"
                  + " more.");
      harness.send(question("later", new PromptPart.Text("?")));
      assertThat(harness.left()).containsExactly("a A", "later");
    }
  }

  @Test
  void imagesAreForgottenWithTheirTimeAndForLackOfRoom() throws Exception {
    try (Harness harness = new Harness(null)) {
      harness.send(image("s", "old", "x".repeat(60)), image("s", "new", "y".repeat(60)));
      harness.send(question("q1", seen("new", -1)), question("q2", seen("old", -1)));
      harness.setProcessingTime(11_000);
      assertThat(harness.letters()).singleElement().asString().contains("\"old\"");
      harness.setProcessingTime(601_000);
      harness.send(question("q3", seen("new", -1)));
      harness.setProcessingTime(620_000);
      assertThat(harness.letters()).hasSize(2);
      assertThat(harness.left()).hasSize(3);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aPageThatIsReadLineByLineIsKeptWhole() throws Exception {
    try (Harness harness = new Harness(null)) {
      harness.send(page("d", RequestKind.SHEET, 1), page("d", RequestKind.LINE, 1));
      harness.send(page("d", RequestKind.SHEET, 2), question("q", seen("d", -1)));
      assertThat(harness.left()).containsExactly("d", "d d-1", "d", "q d-1 d-2");
    }
  }

  @Test
  void aDocumentIsAllItsPagesOrOneOfThem() throws Exception {
    try (Harness harness = new Harness(null)) {
      harness.send(page("d", RequestKind.PAGE, 1));
      harness.send(question("q1", seen("d", 1)), question("q2", seen("d", -1)));
      assertThat(harness.left()).containsExactly("d d-1", "q1 d-1");
      harness.send(page("d", RequestKind.PAGE, 2));
      assertThat(harness.left()).containsExactly("d d-1", "q1 d-1", "d d-2", "q2 d-1 d-2");
      harness.send(page("f", RequestKind.PAGE, 1), page("f", RequestKind.FAILED_PAGE, 2));
      harness.send(question("q3", seen("f", -1)));
      harness.send(question("q4", seen("d", -1), seen("d", -1)));
      assertThat(harness.letters()).hasSize(2);
      assertThat(harness.letters().get(0)).contains("page 2").contains("has no image");
      assertThat(harness.letters().get(1)).contains("must hold 0 to 3 images, holds 4");
    }
  }
}
