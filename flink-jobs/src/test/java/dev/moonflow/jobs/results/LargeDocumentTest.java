package dev.moonflow.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.pieces.RecordSplitter;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.jobs.ingest.DocumentPart;
import dev.moonflow.jobs.ingest.Documents;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.RetrySettings;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * A PDF of 2,000 pages, taken apart and put together again: what is held at once grows by the text
 * of its pages and by nothing else. The pixels of a page are four times the bound.
 */
class LargeDocumentTest {
  private static final int PAGES = 2_000;
  private static final int SIDE = 72;

  /** Of a page: its text of fifty characters in a map of state, and what PDFBox remembers of it. */
  private static final long BYTES_PER_PAGE = 4_000;

  private static long liveBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Perceived read(PerceptionRequest request) {
    return new Perceived.Generated(
        request.subject(),
        request.source(),
        "model",
        request.sampling().seed(),
        "text of page %d, of fifty characters in all, about".formatted(request.subject().page()),
        null,
        new int[] {1, 2},
        7,
        FinishReason.STOP,
        new float[] {0, 0});
  }

  @Test
  void memoryIsFlatOverTwoThousandPages() throws Exception {
    int[] sides = new int[PAGES];
    Arrays.fill(sides, SIDE);
    try (Documents documents = new Documents();
        RecordSplitter<DocumentPart> splitter =
            documents.splitter(
                "moonflow.limit.document-pages",
                "" + PAGES,
                "moonflow.document.straighten",
                "false",
                "moonflow.document.skip-blank",
                "false");
        var results =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ResultsFunction(settings(documents))),
                (Perceived perceived) -> perceived.subject().key(),
                Types.STRING)) {
      results.setup(OutputRecord.TYPE.createSerializer(null));
      results.open();
      byte[] pdf = Documents.pdf(sides);
      RawRecord record =
          documents.record(Payload.newBuilder().setInline(ByteBuffer.wrap(pdf)).build(), 72);
      OcrResult whole = null;
      long early = 0;
      long mostPixels = 0;
      try (RecordSplitter.Parts<DocumentPart> pages = splitter.open(record, 0, 0)) {
        assertThat(pages.count()).isEqualTo(PAGES);
        for (int page = 1; page <= PAGES; page++) {
          for (DocumentPart part : pages.next()) {
            PerceptionRequest request = ((DocumentPart.Request) part).request();
            mostPixels = Math.max(mostPixels, request.subject().sheet().width());
            results.processElement(new StreamRecord<>(read(request)));
          }
          whole = page == PAGES ? last(documents, results) : null;
          results.getSideOutput(ResultsFunction.OCR).clear(); // as a sink takes them
          if (page == PAGES / 10) {
            early = liveBytes();
          }
          if (page % (PAGES / 4) == 0) {
            assertThat(liveBytes() - early)
                .as("bytes at page %d beyond those at page %d", page, PAGES / 10)
                .isLessThan(page * BYTES_PER_PAGE);
          }
        }
      }
      assertThat(mostPixels).isEqualTo(SIDE);
      assertThat(whole.getPageCount()).isEqualTo(PAGES);
      assertThat(whole.getFailedPages()).isEmpty();
      assertThat(whole.getText().split("\f")).hasSize(PAGES);
      assertThat(results.numKeyedStateEntries()).isZero();
    }
  }

  private static OcrResult last(
      Documents documents, KeyedOneInputStreamOperatorTestHarness<?, ?, OutputRecord> results)
      throws Exception {
    OcrResult last = null;
    try (EventReader<OcrResult> reader =
        new EventReader<>(documents.registrySettings(), OcrResult.class)) {
      for (StreamRecord<OutputRecord> each : results.getSideOutput(ResultsFunction.OCR)) {
        last = reader.read(each.getValue().value());
      }
    }
    return last;
  }

  private static ResultsSettings settings(Documents documents) {
    return new ResultsSettings(
        documents.registrySettings(),
        RetrySettings.of(Settings.of(Map.of())),
        Topics.OCR.defaultName(),
        Topics.CAPTIONS.defaultName(),
        Topics.ANSWERS.defaultName(),
        Topics.DEAD_LETTERS.defaultName(),
        1 << 20,
        Duration.ofHours(1),
        "job",
        "{}");
  }
}
