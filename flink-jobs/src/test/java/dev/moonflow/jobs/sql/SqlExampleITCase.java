package dev.moonflow.jobs.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.ask.ImageFiles;
import dev.moonflow.model.ask.VisionModel;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Payload;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** {@code examples/sql/read.sql} as it stands, against broker and registry, word for word. */
class SqlExampleITCase {
  private static final Path GOLDEN = Path.of(System.getProperty("moonflow.golden.dir"));
  private static final Path SCRIPT =
      Path.of(System.getProperty("moonflow.root.dir"), "examples", "sql", "read.sql");
  private static final List<String> PICTURES = List.of("a_37x61.png", "e_28x28.png");

  @Test
  void theScriptReadsThePicturesOfATopic() throws Exception {
    try (EmbeddedRegistry registry = EmbeddedRegistry.start();
        EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
      broker.createTopics(List.of("moonflow.images", "image-texts"), 1);
      publish(registry.url(), broker.bootstrapServers());

      Map<String, Row> rows = new HashMap<>();
      for (Row row : run(script(registry.url(), broker.bootstrapServers()))) {
        rows.put(row.getFieldAs("id"), row);
      }

      assertThat(rows).hasSize(PICTURES.size() + 2);
      try (VisionModel model = VisionModel.load(GOLDEN.resolve("checkpoint"), DeviceChoice.CPU)) {
        for (String picture : PICTURES) {
          String question = "Read all the text in this image.";
          requireAnswer(rows.get(picture), model, picture, question);
        }
        requireAnswer(rows.get("asked"), model, PICTURES.get(0), "How many?");
      }
      assertThat(rows.get("broken").getField("text")).isNull();
      assertThat(rows.get("broken").getFieldAs("error").toString()).contains("neither JPEG");
    }
  }

  private static void requireAnswer(Row row, VisionModel model, String picture, String question)
      throws Exception {
    var image = ImageFiles.read(GOLDEN.resolve("images").resolve(picture));
    var reply = model.ask(image, question, 64, piece -> {});
    assertThat(row.getField("text")).isEqualTo(reply.text());
    assertThat(row.getField("error")).isNull();
    assertThat(row.getField("finish_reason"))
        .isEqualTo(reply.reason().name().toLowerCase(Locale.ROOT));
  }

  /** The script for this broker, registry and model; each must be named in it. */
  private static String script(String registry, String broker) throws Exception {
    String script = Files.readString(SCRIPT);
    for (String word : List.of("localhost:9092", "http://localhost:8081", "models/moonlet")) {
      assertThat(script).contains(word);
    }
    return script
        .replace("localhost:9092", broker)
        .replace("http://localhost:8081", registry)
        .replace("models/moonlet", GOLDEN.resolve("checkpoint").toString());
  }

  /** Every statement in turn, as Flink's SQL client does it; the rows of the last. */
  private static List<Row> run(String script) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.port", "0");
    configuration.setString("restart-strategy.type", "none");
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.createLocalEnvironment(2, configuration));
    List<Row> rows = List.of();
    for (String statement : script.replaceAll("(?m)--.*$", "").split(";\\s*\n")) {
      if (statement.isBlank()) {
        continue;
      }
      String set = statement.strip().replaceFirst("^SET ", "");
      if (!set.equals(statement.strip())) {
        String[] pair = set.split("' = '");
        tables.getConfig().set(pair[0].replaceFirst("^'", ""), pair[1].replaceFirst("'$", ""));
        continue;
      }
      TableResult result = tables.executeSql(statement);
      if (statement.strip().startsWith("SELECT")) {
        try (CloseableIterator<Row> found = result.collect()) {
          rows = new ArrayList<>();
          found.forEachRemaining(rows::add);
        }
      }
    }
    return rows;
  }

  /** Events as {@code moonflow publish} makes them; one holds no picture, one brings a prompt. */
  private static void publish(String registry, String broker) throws Exception {
    RegistrySettings settings = RegistrySettings.of(registry);
    SchemaRegistration.registerAll(
        settings, Map.of("moonflow.images", ImageEvent.getClassSchema()));
    ResultWriter<ImageEvent> writer =
        new ResultWriter<>(settings, "moonflow.images", ImageEvent.class);
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String picture : PICTURES) {
        send(producer, writer, event(picture, picture, null));
      }
      send(producer, writer, event("asked", PICTURES.get(0), "How many?"));
      ImageEvent broken = event("broken", PICTURES.get(0), null);
      broken.setImage(
          Payload.newBuilder().setInline(ByteBuffer.wrap("no picture".getBytes(UTF_8))).build());
      send(producer, writer, broken);
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, ResultWriter<ImageEvent> writer, ImageEvent event)
      throws Exception {
    producer.send(new ProducerRecord<>("moonflow.images", writer.write(event))).get();
  }

  private static ImageEvent event(String id, String picture, String prompt) throws Exception {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve("images").resolve(picture));
    return ImageEvent.newBuilder()
        .setId(id)
        .setSourceId("folder")
        .setEventTime(Instant.ofEpochMilli(1_700_000_000_000L))
        .setTask("ocr")
        .setPrompt(prompt)
        .setImage(Payload.newBuilder().setInline(ByteBuffer.wrap(bytes)).build())
        .build();
  }
}
