package dev.moonflow.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.jobs.ingest.PageSheet;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.RetrySettings;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.layout.Box;
import dev.moonflow.model.layout.TextLine;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private static RetrySettings patience(int retries) {
    return new RetrySettings(
        retries, Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMinutes(1));
  }

  /** The function in Flink's harness. */
  private static final class Harness
      extends KeyedOneInputStreamOperatorTestHarness<String, Perceived, OutputRecord> {
    Harness(long recordBytesMax, OperatorSubtaskState state) throws Exception {
      this(registrySettings, patience(0), recordBytesMax, state);
    }

    Harness(
        RegistrySettings registry,
        RetrySettings retry,
        long recordBytesMax,
        OperatorSubtaskState state)
        throws Exception {
      super(
          new KeyedProcessOperator<>(
              new ResultsFunction(
                  new ResultsSettings(
                      registry,
                      retry,
                      Topics.OCR.defaultName(),
                      Topics.CAPTIONS.defaultName(),
                      Topics.ANSWERS.defaultName(),
                      Topics.DEAD_LETTERS.defaultName(),
                      recordBytesMax,
                      KEEP,
                      "job",
                      "{}"))),
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

  @Test
  void aRegistryThatIsAwayAtTheFirstRecordIsWaitedFor(@TempDir Path folder) throws Exception {
    Path journal = folder.resolve("schemas.jsonl");
    RegistrySettings settings;
    int port;
    try (EmbeddedRegistry first = EmbeddedRegistry.start(0, journal)) {
      settings = RegistrySettings.of(first.url());
      port = URI.create(first.url()).getPort();
      SchemaRegistration.registerAll(
          settings, Map.of(Topics.OCR.defaultName(), Topics.OCR.schema()));
    }
    CompletableFuture<EmbeddedRegistry> again =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                Thread.sleep(500);
                return EmbeddedRegistry.start(port, journal);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    try (Harness harness = new Harness(settings, patience(100), 1_000_000, null)) {
      harness.send(page(1, 2, 7));
      assertThat(harness.side(ResultsFunction.OCR)).hasSize(1);
      assertThat(harness.side(ResultsFunction.DEAD_LETTERS)).isEmpty();
    } finally {
      again.join().close();
    }
  }

  @Test
  void aRegistryThatStaysAwayFailsTheTaskAfterTheLastRetry() throws Exception {
    EmbeddedRegistry gone = EmbeddedRegistry.start();
    gone.close();
    try (Harness harness =
        new Harness(RegistrySettings.of(gone.url()), patience(2), 1_000_000, null)) {
      assertThatThrownBy(() -> harness.send(page(1, 2, 7)))
          .isInstanceOf(RegistryUnavailableException.class);
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
        FinishReason.STOP,
        new float[] {0, (float) Math.log(0.5)});
  }

  private static final PageSheet TWO_LINES =
      new PageSheet(
          100,
          200,
          1,
          0.5,
          false,
          null,
          false,
          List.of(
              new TextLine(new Box(5, 5, 90, 25), new Box(70, 10, 90, 95), 0, -1, -1, 0, 16),
              new TextLine(new Box(5, 60, 90, 70), new Box(30, 10, 40, 95), 1, -1, -1, 0, 8)));

  private static Perceived sheet(int number, int count, PageSheet sheet) {
    return new Perceived.Passed(
        subject(number, count, RequestKind.SHEET).with(Subject.NONE, sheet),
        source(9),
        "model",
        number);
  }

  private static Perceived line(int number, int count, int line) {
    return new Perceived.Generated(
        subject(number, count, RequestKind.LINE).with(line, null),
        source(9),
        "model",
        line,
        "line " + line,
        null,
        new int[] {1, 2},
        7,
        FinishReason.STOP,
        new float[] {0, (float) Math.log(0.5)});
  }

  private static Perceived failedLine(int number, int count, int line) {
    return new Perceived.Failed(
        subject(number, count, RequestKind.LINE).with(line, null), source(9), "model", line);
  }

  @Test
  void linesComeTogetherToPagesThoughTheJobRestarts() throws Exception {
    OperatorSubtaskState state;
    try (Harness before = new Harness(1_000_000, null)) {
      before.send(sheet(1, 3, TWO_LINES));
      before.send(line(1, 3, 0));
      assertThat(texts(before)).isEmpty();
      state = before.snapshot(1, 1);
    }
    PageSheet blank = new PageSheet(10, 20, 0, 0, true, null, false, List.of());
    try (Harness after = new Harness(1_000_000, state)) {
      after.send(failedLine(1, 3, 1));
      after.send(sheet(2, 3, blank));
      after.send(sheet(3, 3, TWO_LINES));
      after.send(line(3, 3, 0));
      after.send(line(3, 3, 1));
      assertThat(texts(after))
          .extracting(OcrResult::getScope)
          .containsExactly("page", "page", "page", "document");
      OcrResult first = seen.get(0);
      assertThat(first.getText()).isEqualTo("line 0\n\n");
      assertThat(first.getFailedLines()).isEqualTo(1);
      assertThat(first.getPageWidth()).isEqualTo(100);
      assertThat(first.getQuarterTurns()).isEqualTo(1);
      assertThat(first.getLines()).hasSize(2);
      assertThat(first.getLines().get(0).getLeft()).isEqualTo(70);
      assertThat(first.getLines().get(0).getMeanProbability()).isCloseTo(0.75, within(1e-6));
      assertThat(first.getLines().get(0).getMinProbability()).isCloseTo(0.5, within(1e-6));
      assertThat(first.getLines().get(1).getFailed()).isTrue();
      assertThat(first.getLines().get(1).getMeanProbability()).isNull();
      assertThat(seen.get(1).getBlank()).isTrue();
      assertThat(seen.get(2).getText()).isEqualTo("line 0\n\nline 1");
      assertThat(seen.get(2).getMarkdown()).isEqualTo("# line 0\n\nline 1");
      OcrResult document = seen.get(3);
      assertThat(document.getText()).isEqualTo("line 0\n\n\f\fline 0\n\nline 1");
      assertThat(document.getMarkdown()).isEqualTo("# line 0\n\n# line 0\n\nline 1");
      assertThat(document.getFailedPages()).isEmpty();
      assertThat(document.getBlankPages()).containsExactly(2);
      assertThat(document.getFailedLines()).isEqualTo(1);
      assertThat(after.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aPageNoLineOfWhichWasReadHasFailed() throws Exception {
    try (Harness harness = new Harness(1_000_000, null)) {
      harness.send(sheet(1, 1, TWO_LINES));
      harness.send(failedLine(1, 1, 0));
      harness.send(failedLine(1, 1, 1));
      assertThat(texts(harness)).extracting(OcrResult::getScope).containsExactly("document");
      assertThat(seen.get(0).getFailedPages()).containsExactly(1);
    }
  }

  @Test
  void theTextLayerIsUsedOrCompared() throws Exception {
    PageSheet used = new PageSheet(10, 20, 0, 0, false, "own * text", true, List.of());
    PageSheet compared =
        new PageSheet(10, 20, 0, 0, false, "line x", false, TWO_LINES.lines().subList(0, 1));
    try (Harness harness = new Harness(1_000_000, null)) {
      harness.send(sheet(1, 2, used));
      harness.send(sheet(2, 2, compared));
      harness.send(line(2, 2, 0));
      assertThat(texts(harness)).hasSize(3);
      assertThat(seen.get(0).getText()).isEqualTo("own * text");
      assertThat(seen.get(0).getMarkdown()).isEqualTo("own \\* text");
      assertThat(seen.get(0).getTextSource()).isEqualTo("text-layer");
      assertThat(seen.get(0).getTextLayerDisagreement()).isNull();
      assertThat(seen.get(1).getTextSource()).isEqualTo("model");
      assertThat(seen.get(1).getTextLayerDisagreement()).isCloseTo(1.0 / 6, within(1e-9));
    }
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
  void aDocumentIsGivenUpThoughAnotherOfItsMillisecondWasFinished() throws Exception {
    try (Harness harness = new Harness(1_000_000, null)) {
      harness.setProcessingTime(1_000);
      harness.send(page(1, 2, 9));
      harness.send(page(1, 2, 10));
      harness.send(page(2, 2, 10));
      assertThat(texts(harness))
          .extracting(OcrResult::getScope)
          .containsExactly("page", "page", "page", "document");
      harness.setProcessingTime(1_000 + KEEP.toMillis());
      assertThat(texts(harness)).hasSize(5);
      assertThat(seen.get(4).getFailedPages()).containsExactly(2);
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
