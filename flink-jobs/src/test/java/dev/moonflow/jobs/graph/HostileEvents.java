package dev.moonflow.jobs.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.jobs.fuzz.HostileValues;
import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.SeenBefore;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Records as nobody should send them, and good ones, drawn from a seed. */
final class HostileEvents implements AutoCloseable {
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final List<Topics> INPUTS =
      List.of(Topics.IMAGES, Topics.DOCUMENTS, Topics.FRAMES, Topics.QUESTIONS);
  private static final List<String> FORBIDDEN =
      List.of(
          "file:///etc/passwd",
          "s3://bucket/key",
          "http://127.0.0.1/x",
          "",
          "nowhere",
          "file:/../..",
          "hdfs://\0/",
          "jar:file:/x!/y");

  private final ResultWriter<ImageEvent> images;
  private final ResultWriter<DocumentEvent> documents;
  private final ResultWriter<VideoFrameEvent> frames;
  private final ResultWriter<QuestionEvent> questions;
  private final byte[] picture;
  private final byte[] pdf = BadFiles.pdf(100);
  private final byte[] locked = BadFiles.encryptedPdf();

  /** A value on its way to a topic. */
  record Event(Topics topic, byte[] value) {}

  HostileEvents(Services services) throws Exception {
    images = writer(services, Topics.IMAGES, ImageEvent.class);
    documents = writer(services, Topics.DOCUMENTS, DocumentEvent.class);
    frames = writer(services, Topics.FRAMES, VideoFrameEvent.class);
    questions = writer(services, Topics.QUESTIONS, QuestionEvent.class);
    picture = Golden.image("e_28x28.png");
  }

  private static <T extends org.apache.avro.specific.SpecificRecord> ResultWriter<T> writer(
      Services services, Topics topic, Class<T> type) {
    return new ResultWriter<>(services.registrySettings(), topic.defaultName(), type);
  }

  private static GenerationOptions options(int tokens) {
    return GenerationOptions.newBuilder().setMaxNewTokens(tokens).setTemperature(0.8f).build();
  }

  /** A good event with this id, of the kind of this number. */
  Event good(String id, int kind) throws Exception {
    return switch (kind % 5) {
      case 0 -> image(id, "ocr", Golden.inline(picture), 4);
      case 1 -> image(id, "caption", Golden.inline(picture), 4);
      case 2 -> document(id, pdf);
      case 3 -> frame(id, Golden.inline(picture));
      default ->
          question(id, "user", ContentPart.newBuilder().setImage(Golden.inline(picture)).build());
    };
  }

  private Event image(String id, String task, Payload payload, int tokens) throws Exception {
    ImageEvent event =
        ImageEvent.newBuilder()
            .setId(id)
            .setSourceId("source-" + id)
            .setEventTime(TIME)
            .setImage(payload)
            .setTask(task)
            .setOptions(options(tokens))
            .build();
    return new Event(Topics.IMAGES, images.write(event));
  }

  private Event document(String id, byte[] file) throws Exception {
    DocumentEvent event =
        DocumentEvent.newBuilder()
            .setId(id)
            .setSourceId("source-" + id)
            .setEventTime(TIME)
            .setDocument(Golden.inline(file))
            .setDpi(36)
            .setOptions(options(4))
            .build();
    return new Event(Topics.DOCUMENTS, documents.write(event));
  }

  private Event frame(String id, Payload payload) throws Exception {
    VideoFrameEvent event =
        VideoFrameEvent.newBuilder()
            .setId(id)
            .setStreamId("stream-" + id)
            .setFrameIndex(1)
            .setEventTime(TIME)
            .setFrame(payload)
            .setOptions(options(4))
            .build();
    return new Event(Topics.FRAMES, frames.write(event));
  }

  private Event question(String id, String role, ContentPart part) throws Exception {
    ContentPart text = ContentPart.newBuilder().setText("What is it?").build();
    QuestionEvent event =
        QuestionEvent.newBuilder()
            .setId(id)
            .setSourceId("source-" + id)
            .setEventTime(TIME)
            .setMessages(List.of(new Message(role, List.of(part, text))))
            .setOptions(options(4))
            .build();
    return new Event(Topics.QUESTIONS, questions.write(event));
  }

  /** Something that is most likely refused. */
  Event hostile(String id, SplittableRandom random) throws Exception {
    Topics topic = INPUTS.get(random.nextInt(INPUTS.size()));
    return switch (random.nextInt(14)) {
      case 0 -> new Event(topic, noise(random, 1 + random.nextInt(200)));
      case 1 -> new Event(topic, random.nextBoolean() ? null : new byte[0]);
      case 2 -> unknownSchema(random, good(id, random.nextInt(5)));
      case 3 -> new Event(topic, good(id, random.nextInt(5)).value()); // often another topic's
      case 4 -> image(id, "ocr", Golden.inline(cut(picture, random)), 4);
      case 5 -> image(id, "ocr", bomb(random), 4);
      case 6 ->
          frame(id, random.nextBoolean() ? bomb(random) : Golden.inline(cut(picture, random)));
      case 7 -> image(id, "caption", forbidden(random), 4);
      case 8 -> document(id, random.nextBoolean() ? cut(pdf, random) : locked);
      case 9 -> image(id, "caption", Golden.inline(noise(random, 20_000)), 4); // too large
      case 10 -> wrongField(id, random);
      default -> {
        Event good = good(id, random.nextInt(5));
        yield new Event(good.topic(), HostileValues.mutated(good.value(), random));
      }
    };
  }

  private Event wrongField(String id, SplittableRandom random) throws Exception {
    ContentPart seen = ContentPart.newBuilder().setSeen(new SeenBefore("nobody", null)).build();
    ContentPart empty = ContentPart.newBuilder().build();
    return switch (random.nextInt(6)) {
      case 0 -> image(id, "translate", Golden.inline(picture), 4);
      case 1 -> image(id, "ocr", Golden.inline(picture), random.nextBoolean() ? -1 : 1_000_000);
      case 2 -> image("x".repeat(2_000), "ocr", Golden.inline(picture), 4);
      case 3 -> question(id, "user", seen);
      case 4 -> question(id, "tool\0", empty);
      default -> question(id, "user", empty);
    };
  }

  private static Event unknownSchema(SplittableRandom random, Event good) {
    byte[] value = good.value().clone();
    ByteBuffer.wrap(value)
        .putInt(1, random.nextInt(1_000, 1_100) * (random.nextBoolean() ? 1 : -1));
    return new Event(good.topic(), value);
  }

  private Payload bomb(SplittableRandom random) {
    int side = random.nextInt(3_000, 100_000);
    return Golden.inline(BadFiles.pngClaiming(picture, side, side));
  }

  private static Payload forbidden(SplittableRandom random) {
    ClaimCheck check =
        new ClaimCheck(FORBIDDEN.get(random.nextInt(FORBIDDEN.size())), 17L, "0".repeat(64));
    return Payload.newBuilder().setClaimCheck(check).build();
  }

  private static byte[] cut(byte[] file, SplittableRandom random) {
    return Arrays.copyOf(file, random.nextInt(file.length - 20));
  }

  static byte[] noise(SplittableRandom random, int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  /** A key as odd as Kafka lets it be, or a plain one. */
  static byte[] key(String id, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> new byte[0];
      case 2 -> noise(random, 1 + random.nextInt(40));
      default -> id.getBytes(UTF_8);
    };
  }

  @Override
  public void close() {
    images.close();
    documents.close();
    frames.close();
    questions.close();
  }
}
