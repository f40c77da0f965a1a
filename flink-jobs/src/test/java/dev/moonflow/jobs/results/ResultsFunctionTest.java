package dev.moonflow.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResultsFunctionTest {
  private static final Duration KEEP = Duration.ofHours(1);

  private static EmbeddedRegistry registry;
  private static RegistrySettings registrySettings;

  private final List<OcrResult> seen = new ArrayList<>();

  @BeforeAll
  static void startRegistry() throws Exception {
    registry = EmbeddedRegistry.start();
    registrySettings = RegistrySettings.of(registry.url());
    SchemaRegistration.registerAll(
        registrySettings,
        Topics.avro().stream().collect(Collectors.toMap(Topics::defaultName, Topics::schema)));
  }

  @AfterAll
  static void stopRegistry() throws Exception {
    registry.close();
  }

  /** The function in Flink's harness. */
  private static final class Harness
      extends KeyedOneInputStreamOperatorTestHarness<String, Perceived, OutputRecord> {
    Harness(long recordBytesMax, OperatorSubtaskState state) throws Exception {
      super(
          new KeyedProcessOperator<>(
              new ResultsFunction(
                  new ResultsSettings(
                      registrySettings,
                      Topics.OCR.defaultName(),
                      Topics.CAPTIONS.defaultName(),
                      Topics.ANSWERS.defaultName(),
                      Topics.DEAD_LETTERS.defaultName(),
                      recordBytesMax,
                      KEEP,
                      "job"))),
          perceived -> perceived.subject().key(),
          Types.STRING);
      setup(OutputRecord.TYPE.createSerializer(getExecutionConfig().getSerializerConfig()));
      if (state != null) {
        initializeState(state);
      }
      open();
    }

    void send(Perceived perceived) throws Exception {
      processElement(new StreamRecord<>(perceived));
    }

    List<OutputRecord> side(org.apache.flink.util.OutputTag<OutputRecord> tag) {
      var records = getSideOutput(tag);
      return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }
  }

  private static Perceived page(int number, int count, long offset) {
    return new Perceived.Generated(
        subject(number, count, RequestKind.PAGE),
        source(offset),
        "model",
        number,
        "text " + number,
        null,
        new int[] {1, 2},
        7,
        FinishReason.STOP);
  }

  private static Perceived failedPage(int number, int count, long offset) {
    return new Perceived.Failed(
        subject(number, count, RequestKind.FAILED_PAGE), source(offset), "model", number);
  }

  private static Subject subject(int number, int count, RequestKind kind) {
    return Subject.of("source", "doc", RequestKind.IMAGE_OCR, 5, Map.of("k", "v"))
        .page(kind, number, count);
  }

  private static RawRecord source(long offset) {
    return new RawRecord(
        "documents",
        0,
        offset,
        1,
        null,
        null,
        List.of(RecordHeader.of("traceparent", "t"), RecordHeader.of("other", "o")));
  }

  private List<OcrResult> texts(Harness harness) throws Exception {
    seen.clear();
    try (EventReader<OcrResult> reader = new EventReader<>(registrySettings, OcrResult.class)) {
      for (OutputRecord record : harness.side(ResultsFunction.OCR)) {
        seen.add(reader.read(record.value()));
      }
    }
    return seen;
  }

  @Test
  void pagesLeaveAsTheyComeAndTheDocumentWithTheLastOfThemThoughTheJobRestarts() throws Exception {
    OperatorSubtaskState state;
    try (Harness before = new Harness(1_000_000, null)) {
      before.send(page(1, 3, 9));
      before.send(failedPage(2, 3, 9));
      assertThat(texts(before)).extracting(OcrResult::getScope).containsExactly("page");
      state = before.snapshot(1, 1);
    }
    try (Harness after = new Harness(1_000_000, state)) {
      after.send(page(3, 3, 9));
      assertThat(texts(after)).extracting(OcrResult::getScope).containsExactly("page", "document");
      OcrResult document = seen.get(1);
      assertThat(document.getText()).isEqualTo("text 1\f\ftext 3");
      assertThat(document.getFailedPages()).containsExactly(2);
      assertThat(document.getPageCount()).isEqualTo(3);
      assertThat(document.getGeneration()).isNull();
      assertThat(document.getProvenance().getSourceOffset()).isEqualTo(9);
      assertThat(document.getAttributes()).containsEntry("k", "v");
      assertThat(after.numKeyedStateEntries()).isZero();
      assertThat(after.numProcessingTimeTimers()).isZero();
      List<RecordHeader> headers = after.side(ResultsFunction.OCR).get(0).headers();
      assertThat(headers).contains(RecordHeader.of("traceparent", "t"));
      assertThat(headers).doesNotContain(RecordHeader.of("other", "o"));
    }
  }

  @Test
  void twoEventsOfOneIdDoNotMix() throws Exception {
    try (Harness harness = new Harness(1_000_000, null)) {
      harness.send(page(1, 2, 9));
      harness.send(page(1, 2, 10));
      harness.send(page(2, 2, 10));
      harness.send(page(2, 2, 9));
      assertThat(texts(harness))
          .extracting(OcrResult::getScope)
          .containsExactly("page", "page", "page", "document", "page", "document");
    }
  }

  @Test
  void aDocumentIsGivenUpAfterItsTimeAndLatePagesLeaveAlone() throws Exception {
    try (Harness harness = new Harness(1_000_000, null)) {
      harness.send(page(2, 3, 9));
      harness.setProcessingTime(KEEP.toMillis() + 1);
      assertThat(texts(harness)).hasSize(2);
      assertThat(seen.get(1).getText()).isEqualTo("\ftext 2\f");
      assertThat(seen.get(1).getFailedPages()).containsExactly(1, 3);

      harness.send(page(1, 3, 9));
      harness.send(page(3, 3, 9));
      assertThat(texts(harness))
          .extracting(OcrResult::getScope)
          .containsExactly("page", "document", "page", "page");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aResultThatDoesNotFitItsTopicIsADeadLetter() throws Exception {
    try (Harness harness = new Harness(300, null)) {
      harness.send(page(1, 2, 9));
      assertThat(harness.side(ResultsFunction.OCR)).isEmpty();
      OutputRecord letter = harness.side(ResultsFunction.DEAD_LETTERS).get(0);
      assertThat(RecordHeader.last(letter.headers(), ErrorHeaders.MESSAGE).orElseThrow().text())
          .contains("moonflow.limit.record-bytes allows 300");
    }
  }
}
