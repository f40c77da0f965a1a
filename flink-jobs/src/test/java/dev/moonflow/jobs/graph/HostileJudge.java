package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RecordIngest;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Stage;
import dev.moonflow.jobs.ingest.StageException;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.constraint.ConstraintException;
import dev.moonflow.schemas.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads records as the job does, without Flink. */
final class HostileJudge implements AutoCloseable {
  private final Map<Topics, RecordIngest> ingests = new HashMap<>();
  private final MediaLimits limits;
  private int requests;
  private int failedPages;
  private boolean page;

  HostileJudge(Settings settings) {
    IngestSettings ingest = IngestSettings.of(settings);
    limits = ingest.media();
    ingests.put(Topics.IMAGES, RecordIngest.images(ingest));
    ingests.put(Topics.DOCUMENTS, RecordIngest.documents(ingest));
    ingests.put(Topics.FRAMES, RecordIngest.frames(ingest));
    ingests.put(Topics.QUESTIONS, RecordIngest.questions(ingest));
  }

  /** Where the record fails as a whole; null where it does not. */
  String stageOf(HostileEvents.Event event) throws Exception {
    RawRecord record =
        new RawRecord(event.topic().defaultName(), 0, 0, 0, null, event.value(), List.of());
    List<PerceptionRequest> emitted = new ArrayList<>();
    failedPages = 0;
    try {
      ingests
          .get(event.topic())
          .ingest(
              record,
              request -> {
                emitted.add(request);
                if (request.subject().kind() == RequestKind.FAILED_PAGE) {
                  failedPages++;
                }
              });
    } catch (StageException e) {
      requests = 0;
      return e.stage().label();
    }
    requests = emitted.size();
    page = event.topic() == Topics.DOCUMENTS;
    return !page && requests == 1 ? stageOf(emitted.get(0)) : null;
  }

  private String stageOf(PerceptionRequest request) {
    try {
      for (PromptMessage message : request.messages()) {
        for (PromptPart part : message.parts()) {
          if (part instanceof PromptPart.Image image) {
            ImageReader.decode(image.file().bytes(), limits);
          }
        }
      }
      if (request.constraint() != null) {
        request.constraint().compile();
      }
      return null;
    } catch (MediaRejectedException | ConstraintException e) {
      return Stage.PERCEIVE_DECODE.label();
    }
  }

  /** Whether the record that was judged last makes one result and no dead letter. */
  boolean oneResult() {
    return requests == 1 && failedPages == 0 && !page;
  }

  @Override
  public void close() {
    ingests.values().forEach(RecordIngest::close);
  }
}
