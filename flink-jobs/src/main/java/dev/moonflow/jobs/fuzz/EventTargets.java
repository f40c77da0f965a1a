package dev.moonflow.jobs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.RegistrationRefusedException;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.jobs.enrich.EnrichSettings;
import dev.moonflow.jobs.enrich.RecordForm;
import dev.moonflow.jobs.ingest.FieldRejectedException;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RecordIngest;
import dev.moonflow.jobs.ingest.StageException;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;

/** Records: events on their way to requests, and records of users on their way to answers. */
final class EventTargets implements AutoCloseable {
  private static final FuzzTarget.Allocation RECORD = new FuzzTarget.Allocation(8L << 20, 64);

  /** Pages of documents within an event are rendered. */
  private static final FuzzTarget.Allocation WITH_DOCUMENTS =
      new FuzzTarget.Allocation(200L << 20, 512);

  private static final String USERS_TOPIC = "claims";

  private EmbeddedRegistry registry;

  void addTo(Map<String, FuzzTargets.Maker> makers) {
    makers.put(
        "image-event",
        () -> events("image-event", RecordIngest::images, EventSeeds.images(settings()), image()));
    makers.put(
        "document-event",
        () ->
            events(
                "document-event",
                RecordIngest::documents,
                EventSeeds.documents(settings()),
                WITH_DOCUMENTS));
    makers.put(
        "frame-event",
        () -> events("frame-event", RecordIngest::frames, EventSeeds.frames(settings()), image()));
    makers.put(
        "question-event",
        () ->
            events(
                "question-event",
                RecordIngest::questions,
                EventSeeds.questions(settings()),
                WITH_DOCUMENTS));
    makers.put("json-record", () -> records("json-record", "json", EventSeeds.json()));
    makers.put(
        "avro-record",
        () -> records("avro-record", "avro", EventSeeds.avro(settings(), USERS_TOPIC)));
  }

  private static FuzzTarget.Allocation image() {
    return ImageTargets.ALLOCATION;
  }

  /** Settings with small limits, on a registry of our own that knows every schema. */
  private synchronized Settings settings() throws Exception {
    boolean first = registry == null;
    if (first) {
      registry = EmbeddedRegistry.start();
    }
    Map<String, String> values = new HashMap<>();
    values.put("moonflow.kafka.bootstrap-servers", "nowhere:1");
    values.put("moonflow.registry.url", registry.url());
    values.put("moonflow.model.path", "/nowhere");
    values.put("moonflow.limit.payload-bytes", ImageTargets.LIMITS.bytesMax() + "b");
    values.put("moonflow.limit.image-pixels", Long.toString(ImageTargets.LIMITS.pixelsMax()));
    values.put("moonflow.limit.image-side-pixels", Long.toString(ImageTargets.LIMITS.sideMax()));
    values.put("moonflow.limit.document-pages", Long.toString(ImageTargets.LIMITS.pagesMax()));
    values.put("moonflow.document.dpi", "36");
    values.put("moonflow.question.seen.keep", "1h");
    values.put("moonflow.enrich.topic", USERS_TOPIC);
    values.put("moonflow.enrich.to", USERS_TOPIC + "-read");
    values.put("moonflow.enrich.prompt", "{id} {page.title} {list.1} {map.k}");
    values.put("moonflow.enrich.image-field", "photo");
    Settings settings = Settings.of(values);
    if (first) {
      Map<String, Schema> schemas = new HashMap<>();
      Topics.avro().forEach(topic -> schemas.put(topic.defaultName(), topic.schema()));
      SchemaRegistration.registerAll(IngestSettings.registry(settings), schemas);
    }
    return settings;
  }

  private FuzzTarget events(
      String name,
      Function<IngestSettings, RecordIngest> opening,
      List<byte[]> seeds,
      FuzzTarget.Allocation allocation)
      throws Exception {
    RecordIngest ingest = opening.apply(IngestSettings.of(settings()));
    return new FuzzTarget(
        name,
        seeds,
        FuzzTargets.words("ocr", "caption", "user", "file:///etc/passwd", "s3://a/b", "\0\0\0\0\1"),
        false,
        UnaryOperator.identity(),
        Set.of(StageException.class, MediaRejectedException.class),
        allocation,
        bytes -> ingest.ingest(record(name, bytes), new Decoding()));
  }

  private FuzzTarget records(String name, String format, List<byte[]> seeds) throws Exception {
    RecordForm form =
        RecordForm.of(EnrichSettings.of(settings().with("moonflow.enrich.format", format)));
    return new FuzzTarget(
        name,
        seeds,
        FuzzTargets.words(
            "\"answer\":1", "\"id\":", "\"page\":{\"title\":", "\"photo\":\"AAA=\"", ","),
        format.equals("json"),
        UnaryOperator.identity(),
        Set.of(
            UndecodableRecordException.class,
            FieldRejectedException.class,
            RegistrationRefusedException.class),
        RECORD,
        bytes -> {
          form.read(bytes);
          form.extend(bytes, "an answer");
        });
  }

  private static RawRecord record(String name, byte[] value) {
    return new RawRecord(name, 0, 17, 1_700_000_000_000L, "key".getBytes(UTF_8), value, List.of());
  }

  /** Decodes the images of requests, as perceive does. */
  private static final class Decoding implements Consumer<PerceptionRequest> {
    @Override
    public void accept(PerceptionRequest request) {
      try {
        for (PromptMessage message : request.messages()) {
          for (PromptPart part : message.parts()) {
            if (part instanceof PromptPart.Image image) {
              ImageReader.decode(image.file().bytes(), ImageTargets.LIMITS);
            }
          }
        }
      } catch (MediaRejectedException e) {
        Decoding.<RuntimeException>rethrow(e);
      }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void rethrow(Exception e) throws E {
      throw (E) e;
    }
  }

  @Override
  public void close() throws IOException {
    if (registry != null) {
      registry.close();
    }
  }
}
