package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.jobs.ingest.EncodedImage;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What enters a simulated job, and what has to come out of it: questions, images, documents whole
 * and cut short, and requests that cannot be computed, spread over sources so that each key has
 * one.
 */
final class SimCase {
  private static final int KEYS = 5;
  private static final List<RgbImage> IMAGES = List.of(image(20), image(90), image(200));
  private static final List<EncodedImage> FILES =
      IMAGES.stream()
          .map(i -> PngEncoder.encode(new DecodedImage(i.width(), i.height(), i.rgb())))
          .map(EncodedImage::of)
          .toList();

  /** By source: its records in order. */
  final List<List<Timed>> sources = new ArrayList<>();

  /** By key: what its results say, in order. */
  final Map<String, List<String>> expected = new LinkedHashMap<>();

  /** Offsets of what goes to the dead letters, in no order. */
  final List<String> deadLetters = new ArrayList<>();

  /** Documents by key: whole ones, then those that are given up, in order. */
  final Map<String, List<String>> documents = new LinkedHashMap<>();

  private final SplittableRandom random;
  private int number;

  /** A request and its event time. */
  record Timed(PerceptionRequest request, long timestamp) {}

  SimCase(SplittableRandom random) {
    this.random = random;
    int count = 1 + random.nextInt(3);
    for (int s = 0; s < count; s++) {
      sources.add(new ArrayList<>());
    }
    for (int left = 6 + random.nextInt(12); left > 0; left--) {
      String key = "k" + random.nextInt(KEYS);
      if (random.nextInt(5) == 0) {
        addDocument(key);
      } else {
        add(request(key));
      }
    }
  }

  private static RgbImage image(int shade) {
    byte[] samples = new byte[3 * 4];
    java.util.Arrays.fill(samples, (byte) shade);
    return new RgbImage(2, 2, samples);
  }

  private void add(PerceptionRequest request) {
    List<Timed> source = sources.get(Math.floorMod(request.key().hashCode(), sources.size()));
    source.add(new Timed(request, number));
    List<String> results = expected.computeIfAbsent(request.key(), k -> new ArrayList<>());
    results.add(expectation(request));
  }

  private String expectation(PerceptionRequest request) {
    List<float[]> rows =
        request.messages().stream()
            .flatMap(message -> message.parts().stream())
            .filter(PromptPart.Image.class::isInstance)
            .map(part -> FILES.indexOf(((PromptPart.Image) part).file()))
            .map(index -> SimEngine.featuresOf(IMAGES.get(index)))
            .toList();
    if (request.subject().kind() == RequestKind.FAILED_PAGE) {
      return SimOutput.describe(request.subject(), new Outcome.FailedBefore());
    }
    Outcome outcome = SimEngine.expected(request, rows);
    if (outcome instanceof Outcome.FailedBefore) {
      deadLetters.add(Long.toString(request.source().offset()));
    }
    return SimOutput.describe(request.subject(), outcome);
  }

  private PerceptionRequest request(String key) {
    String id = "e" + number;
    String word =
        switch (random.nextInt(12)) {
          case 0 -> SimEngine.UNPREPARABLE;
          case 1 -> SimEngine.INCOMPUTABLE;
          default -> "x".repeat(random.nextInt(9));
        };
    List<PromptPart> parts = new ArrayList<>();
    for (int images = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0; images > 0; images--) {
      parts.add(new PromptPart.Image(FILES.get(random.nextInt(FILES.size()))));
    }
    parts.add(new PromptPart.Text(id + word));
    Subject subject = Subject.of(key, id, RequestKind.QUESTION, number, Map.of());
    return request(subject, parts, 1 + random.nextInt(12));
  }

  private PerceptionRequest request(Subject subject, List<PromptPart> parts, int max) {
    float temperature = random.nextBoolean() ? 0 : 0.5f;
    SamplingParameters sampling =
        new SamplingParameters(temperature, 1f, random.nextInt(1_000), random.nextBoolean());
    List<PromptMessage> messages =
        parts.isEmpty() ? List.of() : List.of(new PromptMessage("user", parts));
    return new PerceptionRequest(subject, source(), messages, sampling, max);
  }

  private RawRecord source() {
    return new RawRecord("events", 0, number++, 7, null, new byte[] {1}, List.of());
  }

  /** Pages of one record; of one in three, the last page never comes. */
  private void addDocument(String key) {
    int count = 2 + random.nextInt(2);
    boolean cut = random.nextInt(3) == 0;
    Subject document = Subject.of(key, "d" + number, RequestKind.IMAGE_OCR, number, Map.of());
    RawRecord source = source();
    StringBuilder text = new StringBuilder();
    for (int page = 1; page <= count; page++) {
      boolean failed = random.nextInt(5) == 0;
      RequestKind kind = failed ? RequestKind.FAILED_PAGE : RequestKind.PAGE;
      Subject subject = document.page(kind, page, count);
      List<PromptPart> parts =
          failed ? List.of() : List.of(new PromptPart.Text(document.eventId() + page));
      PerceptionRequest any = request(subject, parts, 1 + random.nextInt(6));
      PerceptionRequest request =
          new PerceptionRequest(
              subject, source, any.messages(), any.sampling(), any.maxNewTokens());
      text.append(page == 1 ? "" : "\f");
      if (cut && page == count) {
        break;
      }
      add(request);
      if (!failed) {
        text.append(SimOutput.text((Outcome.Written) SimEngine.expected(request, List.of())));
      }
    }
    documents
        .computeIfAbsent(key, k -> new ArrayList<>())
        .add(document.eventId() + " " + text.toString().replace('\f', '|'));
  }
}
