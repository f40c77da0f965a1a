package dev.moonflow.jobs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.settings.Settings;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;

/** Good records, in the bytes in which they lie in Kafka. */
final class EventSeeds {
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);

  /** Every shape that Avro has. */
  private static final String USERS_SCHEMA =
      """
      {"type":"record","name":"Claim","fields":[
        {"name":"id","type":"string"},
        {"name":"page","type":{"type":"record","name":"Page","fields":[
          {"name":"title","type":["null","string"]}]}},
        {"name":"list","type":{"type":"array","items":"int"}},
        {"name":"nothing","type":{"type":"array","items":"null"}},
        {"name":"map","type":{"type":"map","values":"double"}},
        {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B"]}},
        {"name":"hash","type":{"type":"fixed","name":"Hash","size":4}},
        {"name":"photo","type":"bytes"}]}
      """;

  private EventSeeds() {}

  private static Payload inline(byte[] bytes) {
    return Payload.newBuilder().setInline(ByteBuffer.wrap(bytes)).build();
  }

  private static GenerationOptions options() {
    return GenerationOptions.newBuilder()
        .setMaxNewTokens(16)
        .setTemperature(0.5f)
        .setTopP(0.9f)
        .setSeed(7L)
        .setRegex("[a-z]+")
        .build();
  }

  private static byte[] picture() throws IOException {
    return ImageTargets.written("png").get(0);
  }

  static List<byte[]> images(Settings settings) throws Exception {
    List<byte[]> values = new ArrayList<>();
    try (var writer = writer(settings, Topics.IMAGES, ImageEvent.class)) {
      for (String task : List.of("ocr", "caption")) {
        values.add(
            writer.write(
                ImageEvent.newBuilder()
                    .setId("image-1")
                    .setSourceId("source")
                    .setEventTime(TIME)
                    .setImage(inline(picture()))
                    .setTask(task)
                    .setOptions(task.equals("ocr") ? options() : null)
                    .setAttributes(Map.of("k", "v"))
                    .build()));
      }
    }
    return values;
  }

  static List<byte[]> documents(Settings settings) throws Exception {
    List<byte[]> values = new ArrayList<>();
    try (var writer = writer(settings, Topics.DOCUMENTS, DocumentEvent.class)) {
      for (byte[] file : List.of(DocumentTargets.written(true), picture())) {
        values.add(
            writer.write(
                DocumentEvent.newBuilder()
                    .setId("document-1")
                    .setSourceId("source")
                    .setEventTime(TIME)
                    .setDocument(inline(file))
                    .setDpi(36)
                    .build()));
      }
    }
    return values;
  }

  static List<byte[]> frames(Settings settings) throws Exception {
    try (var writer = writer(settings, Topics.FRAMES, VideoFrameEvent.class)) {
      return List.of(
          writer.write(
              VideoFrameEvent.newBuilder()
                  .setId("frame-1")
                  .setStreamId("stream")
                  .setFrameIndex(3)
                  .setEventTime(TIME)
                  .setFrame(inline(picture()))
                  .build()));
    }
  }

  static List<byte[]> questions(Settings settings) throws Exception {
    ContentPart text = ContentPart.newBuilder().setText("What is this?").build();
    ContentPart image = ContentPart.newBuilder().setImage(inline(picture())).build();
    ContentPart seen = ContentPart.newBuilder().setSeen(new SeenBefore("image-1", 1)).build();
    ContentPart document =
        ContentPart.newBuilder().setDocument(inline(DocumentTargets.written(true))).build();
    List<byte[]> values = new ArrayList<>();
    try (var writer = writer(settings, Topics.QUESTIONS, QuestionEvent.class)) {
      for (ContentPart part : List.of(image, document, seen)) {
        values.add(
            writer.write(
                QuestionEvent.newBuilder()
                    .setId("question-1")
                    .setSourceId("source")
                    .setEventTime(TIME)
                    .setMessages(
                        List.of(
                            new Message("system", List.of(text)),
                            new Message("user", List.of(part, text))))
                    .setOptions(options())
                    .build()));
      }
    }
    return values;
  }

  static List<byte[]> json() {
    return FuzzTargets.words(
        "{\"id\":\"a\",\"page\":{\"title\":\"t\\u00e9\"},\"list\":[1,2.5e3],\"map\":{\"k\":null},"
            + "\"photo\":\"data:image/png;base64,AAAA\"}",
        " { \"list\" : [ {}, [ ] ], \"id\":true, \"page\":{\"title\":{\"x\":[1]}}, \"map\":{\"k\":-0}"
            + " , \"photo\":null }\n",
        "{\"id\":\"\u00e9\ud83d\ude00\",\"page\":{\"title\":\"\"},\"list\":[0,\"\"],\"map\":{\"k\":1}}");
  }

  static List<byte[]> avro(Settings settings, String topic) throws Exception {
    Schema schema = new Schema.Parser().parse(USERS_SCHEMA);
    int id =
        SchemaRegistration.registerAll(IngestSettings.registry(settings), Map.of(topic, schema))
            .get(topic);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(claim(schema), encoder);
    encoder.flush();
    return List.of(bytes.toByteArray());
  }

  private static GenericRecord claim(Schema schema) {
    GenericRecord page = new GenericData.Record(schema.getField("page").schema());
    page.put("title", "title");
    GenericRecord claim = new GenericData.Record(schema);
    claim.put("id", "claim");
    claim.put("page", page);
    claim.put("list", List.of(1, 2, 3));
    List<Object> nothing = new ArrayList<>();
    nothing.add(null);
    claim.put("nothing", nothing);
    claim.put("map", Map.of("k", 1.5));
    claim.put("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "B"));
    claim.put(
        "hash", new GenericData.Fixed(schema.getField("hash").schema(), "hash".getBytes(UTF_8)));
    claim.put("photo", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    return claim;
  }

  private static <T extends SpecificRecord> ResultWriter<T> writer(
      Settings settings, Topics topic, Class<T> type) {
    return new ResultWriter<>(IngestSettings.registry(settings), topic.defaultName(), type);
  }
}
