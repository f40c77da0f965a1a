package dev.moonflow.jobs.results;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.documents.CharacterErrors;
import dev.moonflow.jobs.documents.FinishedDocument;
import dev.moonflow.jobs.documents.LineReading;
import dev.moonflow.jobs.documents.PageReading;
import dev.moonflow.jobs.ingest.FrameWindow;
import dev.moonflow.jobs.ingest.PageSheet;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.perceive.Confidence;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.layout.TextLine;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.Generation;
import dev.moonflow.schemas.OcrLine;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was perceived, as the records of the output topics. */
final class Records {
  private Records() {}

  static OcrResult ocr(Perceived.Generated generated) {
    Subject subject = generated.subject();
    boolean page = subject.kind() == RequestKind.PAGE;
    OcrResult.Builder result =
        OcrResult.newBuilder()
            .setId(subject.eventId())
            .setSourceId(subject.key())
            .setEventTime(Instant.ofEpochMilli(subject.eventTimeMillis()))
            .setScope(page ? "page" : "image")
            .setPage(page ? subject.page() : null)
            .setPageCount(page ? subject.pageCount() : null)
            .setFailedPages(List.of())
            .setText(orEmpty(generated.text()))
            .setThinking(generated.thinking())
            .setGeneration(generation(generated))
            .setProvenance(provenance(generated))
            .setAttributes(subject.attributes());
    if (subject.sheet() != null) {
      setSheet(result, subject.sheet(), orEmpty(generated.text()));
    }
    return result.build();
  }

  /** A page that was put together. */
  static OcrResult ocr(PageReading page) {
    Subject subject = page.subject();
    OcrResult.Builder result =
        OcrResult.newBuilder()
            .setId(subject.eventId())
            .setSourceId(subject.key())
            .setEventTime(Instant.ofEpochMilli(subject.eventTimeMillis()))
            .setScope("page")
            .setPage(subject.page())
            .setPageCount(subject.pageCount())
            .setFailedPages(List.of())
            .setText(page.text())
            .setThinking(null)
            .setGeneration(null)
            .setProvenance(provenance(page.modelFingerprint(), page.source(), page.seed()))
            .setAttributes(subject.attributes())
            .setMarkdown(page.markdown())
            .setLines(lines(page))
            .setFailedLines(page.failedLines());
    setSheet(result, page.sheet(), page.text());
    return result.build();
  }

  private static void setSheet(OcrResult.Builder result, PageSheet sheet, String text) {
    boolean compared = sheet.layerText() != null && !sheet.layerUsed();
    result
        .setPageWidth(sheet.width())
        .setPageHeight(sheet.height())
        .setQuarterTurns(sheet.quarterTurns())
        .setSkewDegrees(sheet.skewDegrees())
        .setBlank(sheet.blank())
        .setTextSource(sheet.layerUsed() ? "text-layer" : "model")
        .setTextLayerDisagreement(compared ? CharacterErrors.rate(text, sheet.layerText()) : null);
  }

  private static List<OcrLine> lines(PageReading page) {
    List<OcrLine> lines = new ArrayList<>();
    for (int i = 0; i < page.lines().size(); i++) {
      TextLine place = page.sheet().lines().get(i);
      LineReading reading = page.lines().get(i);
      Confidence confidence = reading.confidence();
      lines.add(
          new OcrLine(
              orEmpty(reading.text()),
              place.pageBox().left(),
              place.pageBox().top(),
              place.pageBox().right(),
              place.pageBox().bottom(),
              place.block(),
              place.inTable() ? place.row() : null,
              place.inTable() ? place.cell() : null,
              confidence.known() ? confidence.mean() : null,
              confidence.known() ? confidence.min() : null,
              reading.failed()));
    }
    return lines;
  }

  static OcrResult ocr(FinishedDocument document) {
    Subject subject = document.subject();
    return OcrResult.newBuilder()
        .setId(subject.eventId())
        .setSourceId(subject.key())
        .setEventTime(Instant.ofEpochMilli(subject.eventTimeMillis()))
        .setScope("document")
        .setPage(null)
        .setPageCount(document.pageCount())
        .setFailedPages(document.failedPages())
        .setText(document.text())
        .setThinking(null)
        .setGeneration(null)
        .setProvenance(provenance(document.modelFingerprint(), document.source(), document.seed()))
        .setAttributes(subject.attributes())
        .setMarkdown(document.markdown())
        .setBlankPages(document.blankPages())
        .setFailedLines(document.failedLines())
        .build();
  }

  static CaptionResult caption(Perceived.Generated generated) {
    Subject subject = generated.subject();
    boolean frame = subject.kind() == RequestKind.FRAME;
    CaptionResult.Builder result =
        CaptionResult.newBuilder()
            .setId(subject.eventId())
            .setSourceId(subject.key())
            .setEventTime(Instant.ofEpochMilli(subject.eventTimeMillis()))
            .setFrameIndex(frame ? subject.frameIndex() : null)
            .setCaption(orEmpty(generated.text()))
            .setThinking(generated.thinking())
            .setGeneration(generation(generated))
            .setProvenance(provenance(generated))
            .setAttributes(subject.attributes());
    FrameWindow window = subject.window();
    if (window != null) {
      result
          .setWindowStart(Instant.ofEpochMilli(window.startMillis()))
          .setWindowEnd(Instant.ofEpochMilli(window.endMillis()))
          .setFrames(window.frames())
          .setFramesSkipped(window.skipped())
          .setFramesMissing(window.missing())
          .setUnchanged(subject.kind() == RequestKind.UNCHANGED_WINDOW);
    }
    return result.build();
  }

  static AnswerResult answer(Perceived.Generated generated) {
    Subject subject = generated.subject();
    return AnswerResult.newBuilder()
        .setId(subject.eventId())
        .setSourceId(subject.key())
        .setEventTime(Instant.ofEpochMilli(subject.eventTimeMillis()))
        .setAnswer(generated.text())
        .setThinking(generated.thinking())
        .setGeneration(generation(generated))
        .setProvenance(provenance(generated))
        .setAttributes(subject.attributes())
        .build();
  }

  private static Generation generation(Perceived.Generated generated) {
    Confidence confidence = Confidence.of(generated.logProbabilities());
    return new Generation(
        Arrays.stream(generated.tokens()).boxed().toList(),
        generated.promptTokens(),
        generated.reason() == FinishReason.STOP ? "stop" : "length",
        confidence.known() ? confidence.mean() : null,
        confidence.known() ? confidence.min() : null);
  }

  private static Provenance provenance(Perceived.Generated generated) {
    return new Provenance(
        generated.modelFingerprint(),
        generated.source().topic(),
        generated.source().partition(),
        generated.source().offset(),
        generated.seed());
  }

  private static Provenance provenance(String fingerprint, RawRecord source, long seed) {
    return new Provenance(fingerprint, source.topic(), source.partition(), source.offset(), seed);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
