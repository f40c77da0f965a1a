package dev.moonflow.jobs.stream;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.EncodedImage;
import dev.moonflow.jobs.ingest.EventSeed;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Stage;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.SamplingOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Elements to requests; what is too large goes to the failures at once. */
final class RequestFunction<T> extends ProcessFunction<T, PerceptionRequest> {
  private static final long serialVersionUID = 1L;

  /** Stands where a request of the main job has its topic. */
  private static final String SOURCE = "element";

  private final Asking<T> asking;
  private final ElementBytes<T> elements;
  private final OutputTag<Tuple2<T, Failure>> failures;
  private transient Constraint constraint;

  RequestFunction(
      Asking<T> asking, ElementBytes<T> elements, OutputTag<Tuple2<T, Failure>> failures) {
    this.asking = asking;
    this.elements = elements;
    this.failures = failures;
  }

  @Override
  public void open(OpenContext context) {
    constraint = asking.answers().constraint();
  }

  @Override
  public void processElement(T element, Context context, Collector<PerceptionRequest> out)
      throws Exception {
    byte[] image = asking.image().map(element);
    String own = asking.prompt() == null ? null : asking.prompt().map(element);
    String problem = problem(image, own);
    if (problem != null) {
      Failure failure = new Failure(Stage.CHECK_EVENT.label(), problem);
      context.output(failures, Tuple2.of(element, failure));
      return;
    }
    long time = context.timestamp() == null ? -1 : context.timestamp();
    byte[] bytes = elements.write(element);
    String id = asking.id() == null ? hash(bytes) : asking.id().map(element);
    String key = asking.key() == null ? id : asking.key().map(element);
    List<PromptPart> parts = new ArrayList<>();
    if (image != null) {
      parts.add(new PromptPart.Image(EncodedImage.within(bytes, image)));
    }
    parts.add(new PromptPart.Text(own == null ? asking.defaultPrompt() : own));
    Settings settings = asking.settings();
    out.collect(
        new PerceptionRequest(
            Subject.of(key, id, RequestKind.ENRICHMENT, Math.max(0, time), Map.of()),
            new RawRecord(SOURCE, 0, 0, time, null, bytes, List.of()),
            List.of(new PromptMessage("user", parts)),
            new SamplingParameters(
                settings.get(SamplingOptions.TEMPERATURE),
                settings.get(SamplingOptions.TOP_P),
                EventSeed.of(id),
                false),
            settings.get(SamplingOptions.MAX_NEW_TOKENS),
            constraint));
  }

  /** Why an element cannot be asked about, or null. */
  private String problem(byte[] image, String prompt) {
    if (image == null && prompt == null) {
      return "The element has neither an image nor a prompt.";
    }
    long bytesMax = asking.settings().get(LimitOptions.PAYLOAD_BYTES).getBytes();
    if (image != null && image.length > bytesMax) {
      return "The image has %d bytes; %s allows %d."
          .formatted(image.length, LimitOptions.PAYLOAD_BYTES.key(), bytesMax);
    }
    int charactersMax = asking.settings().get(LimitOptions.TEXT_CHARACTERS);
    if (prompt != null && prompt.length() > charactersMax) {
      return "The prompt has %d characters; %s allows %d."
          .formatted(prompt.length(), LimitOptions.TEXT_CHARACTERS.key(), charactersMax);
    }
    return null;
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
