package dev.moonflow.jobs.results;

import dev.moonflow.jobs.documents.FinishedDocument;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.Generation;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Provenance;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What was perceived, as the records of the output topics. */
final class Records {
  private Records() {}

  static OcrResult ocr(Perceived.Generated generated) {
    Subject subject = generated.subject();
    boolean page = subject.kind() == RequestKind.PAGE;
    return OcrResult.newBuilder()
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
        .setAttributes(subject.attributes())
        .build();
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
        .setProvenance(provenance(document))
        .setAttributes(subject.attributes())
        .build();
  }

  static CaptionResult caption(Perceived.Generated generated) {
    Subject subject = generated.subject();
    boolean frame = subject.kind() == RequestKind.FRAME;
    return CaptionResult.newBuilder()
        .setId(subject.eventId())
        .setSourceId(subject.key())
        .setEventTime(Instant.ofEpochMilli(subject.eventTimeMillis()))
        .setFrameIndex(frame ? subject.frameIndex() : null)
        .setCaption(orEmpty(generated.text()))
        .setThinking(generated.thinking())
        .setGeneration(generation(generated))
        .setProvenance(provenance(generated))
        .setAttributes(subject.attributes())
        .build();
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
    return new Generation(
        Arrays.stream(generated.tokens()).boxed().toList(),
        generated.promptTokens(),
        generated.reason() == FinishReason.STOP ? "stop" : "length");
  }

  private static Provenance provenance(Perceived.Generated generated) {
    return new Provenance(
        generated.modelFingerprint(),
        generated.source().topic(),
        generated.source().partition(),
        generated.source().offset(),
        generated.seed());
  }

  private static Provenance provenance(FinishedDocument document) {
    return new Provenance(
        document.modelFingerprint(),
        document.source().topic(),
        document.source().partition(),
        document.source().offset(),
        document.seed());
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
