package dev.moonflow.jobs.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.jobs.perceive.Confidence;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.Generation;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Provenance;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the reference wrote, as the records that must come out of a run, to the byte. */
final class ReferenceRecords implements ExpectedRecords, AutoCloseable {
  private final ChaosEvents events;
  private final Reference reference;
  private final ResultWriter<OcrResult> ocr;
  private final ResultWriter<CaptionResult> captions;
  private final ResultWriter<AnswerResult> answers;

  /** Looks the ids of schemas up now, while there is no fault. */
  ReferenceRecords(ChaosEvents events, Reference reference, RegistrySettings registry)
      throws RegistryUnavailableException {
    this.events = events;
    this.reference = reference;
    ocr = new ResultWriter<>(registry, Topics.OCR.defaultName(), OcrResult.class);
    captions = new ResultWriter<>(registry, Topics.CAPTIONS.defaultName(), CaptionResult.class);
    answers = new ResultWriter<>(registry, Topics.ANSWERS.defaultName(), AnswerResult.class);
    int index = 0;
    for (boolean[] looked = new boolean[3]; !(looked[0] && looked[1] && looked[2]); index++) {
      ChaosEvent event = events.event(index);
      int which = List.of(Topics.OCR, Topics.CAPTIONS, Topics.ANSWERS).indexOf(event.to());
      if (event.damage() == Damage.NONE && reference.written(index) == null) {
        throw new IllegalArgumentException("a run has events of every kind, and this one has not");
      }
      if (event.damage() == Damage.NONE && !looked[which]) {
        value(event, new Provenance(reference.fingerprint(), "topic", 0, 0L, 0L));
        looked[which] = true;
      }
    }
  }

  @Override
  public Expected of(RawRecord source) throws RegistryUnavailableException {
    String index =
        RecordHeader.last(source.headers(), ChaosEvent.INDEX_HEADER).orElseThrow().text();
    ChaosEvent event = events.event(Integer.parseInt(index));
    Map<String, String> headers = new HashMap<>();
    headers.put("traceparent", event.trace());
    if (event.damage() != Damage.NONE) {
      headers.put(ErrorHeaders.TOPIC, source.topic());
      headers.put(ErrorHeaders.PARTITION, Integer.toString(source.partition()));
      headers.put(ErrorHeaders.OFFSET, Long.toString(source.offset()));
      headers.put(ErrorHeaders.STAGE, event.damage().stage().label());
      headers.put(ChaosEvent.INDEX_HEADER, index);
      return new Expected(
          Topics.DEAD_LETTERS.defaultName(), source.key(), source.value(), headers, 0);
    }
    Provenance provenance =
        new Provenance(
            reference.fingerprint(),
            source.topic(),
            source.partition(),
            source.offset(),
            event.ask().sampling().seed());
    for (RecordHeader header : ProvenanceHeaders.of(provenance)) {
      headers.put(header.name(), header.text());
    }
    return new Expected(
        event.to().defaultName(),
        event.key().getBytes(UTF_8),
        value(event, provenance),
        headers,
        reference.written(event.index()).progress().tokens().length);
  }

  private byte[] value(ChaosEvent event, Provenance provenance)
      throws RegistryUnavailableException {
    Reference.Written written = reference.written(event.index());
    String text = written.text() == null ? "" : written.text();
    return switch (event.to()) {
      case OCR -> {
        ImageEvent image = (ImageEvent) event.value();
        yield ocr.write(
            OcrResult.newBuilder()
                .setId(image.getId())
                .setSourceId(image.getSourceId())
                .setEventTime(image.getEventTime())
                .setScope("image")
                .setText(text)
                .setThinking(written.thinking())
                .setGeneration(generation(written))
                .setProvenance(provenance)
                .setAttributes(image.getAttributes())
                .build());
      }
      case CAPTIONS -> {
        CaptionResult.Builder caption =
            CaptionResult.newBuilder()
                .setCaption(text)
                .setThinking(written.thinking())
                .setGeneration(generation(written))
                .setProvenance(provenance);
        yield captions.write(about(caption, event).build());
      }
      default -> {
        QuestionEvent question = (QuestionEvent) event.value();
        yield answers.write(
            AnswerResult.newBuilder()
                .setId(question.getId())
                .setSourceId(question.getSourceId())
                .setEventTime(question.getEventTime())
                .setAnswer(written.text())
                .setThinking(written.thinking())
                .setGeneration(generation(written))
                .setProvenance(provenance)
                .setAttributes(question.getAttributes())
                .build());
      }
    };
  }

  private static CaptionResult.Builder about(CaptionResult.Builder caption, ChaosEvent event) {
    if (event.value() instanceof VideoFrameEvent frame) {
      return caption
          .setId(frame.getId())
          .setSourceId(frame.getStreamId())
          .setEventTime(frame.getEventTime())
          .setFrameIndex(frame.getFrameIndex())
          .setAttributes(frame.getAttributes());
    }
    ImageEvent image = (ImageEvent) event.value();
    return caption
        .setId(image.getId())
        .setSourceId(image.getSourceId())
        .setEventTime(image.getEventTime())
        .setAttributes(image.getAttributes());
  }

  private static Generation generation(Reference.Written written) {
    Confidence confidence = Confidence.of(written.progress().logProbabilities());
    return new Generation(
        Arrays.stream(written.progress().tokens()).boxed().toList(),
        written.progress().promptTokens(),
        written.progress().finishReason() == FinishReason.STOP ? "stop" : "length",
        confidence.mean(),
        confidence.min());
  }

  @Override
  public void close() {
    ocr.close();
    captions.close();
    answers.close();
  }
}
