package dev.moonflow.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What our classes and Confluent's client expect of any registry, held to each one we run. */
abstract class RegistryContract {
  /** The running registry's URL. */
  abstract String url();

  private RegistrySettings settings() {
    return RegistrySettings.of(url());
  }

  private static String newTopic() {
    return "t-" + UUID.randomUUID();
  }

  private int register(String topic, Schema schema) throws Exception {
    return SchemaRegistration.registerAll(settings(), Map.of(topic, schema)).get(topic);
  }

  @Test
  void registeringEveryTopicTwiceGivesTheSameIdsAndSetsBackward() throws Exception {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    Topics.avro().forEach(topic -> schemas.put(topic.defaultName(), topic.schema()));
    Map<String, Integer> first = SchemaRegistration.registerAll(settings(), schemas);
    assertThat(first).hasSize(7);
    assertThat(SchemaRegistration.registerAll(settings(), schemas)).isEqualTo(first);
    try (SchemaRegistryClient client = RegistryClients.open(settings())) {
      assertThat(client.getAllVersions("moonflow.images-value")).containsExactly(1);
      assertThat(client.getCompatibility("moonflow.images-value")).isEqualTo("BACKWARD");
    }
  }

  @Test
  void aStricterLevelThatSomeoneChoseStays() throws Exception {
    String topic = newTopic();
    register(topic, ImageEvent.getClassSchema());
    try (SchemaRegistryClient client = RegistryClients.open(settings())) {
      client.updateCompatibility(topic + "-value", "FULL_TRANSITIVE");
    }
    register(topic, ImageEvent.getClassSchema());
    try (SchemaRegistryClient client = RegistryClients.open(settings())) {
      assertThat(client.getCompatibility(topic + "-value")).isEqualTo("FULL_TRANSITIVE");
    }
  }

  @Test
  void anIncompatibleSchemaIsRefusedWithOneSentence() throws Exception {
    String topic = newTopic();
    register(topic, EvolvingSchemas.withExtraField(ImageEvent.getClassSchema(), "extra", null));
    // Dropping a field is BACKWARD compatible, a new field without a default is not.
    register(topic, ImageEvent.getClassSchema());
    Schema incompatible =
        EvolvingSchemas.withoutDefault(
            EvolvingSchemas.withExtraField(ImageEvent.getClassSchema(), "needed", null), "needed");
    assertThatThrownBy(() -> register(topic, incompatible))
        .isInstanceOf(RegistrationRefusedException.class)
        .hasMessageContaining(topic)
        .hasMessageContaining(url())
        .hasMessageContaining("not compatible with the versions registered before");
    try (SchemaRegistryClient client = RegistryClients.open(settings())) {
      assertThat(client.testCompatibility(topic + "-value", new AvroSchema(incompatible)))
          .isFalse();
      assertThat(
              client.testCompatibility(
                  topic + "-value", new AvroSchema(ImageEvent.getClassSchema())))
          .isTrue();
      assertThat(client.getAllVersions(topic + "-value")).containsExactly(1, 2);
      assertThat(client.getLatestSchemaMetadata(topic + "-value").getVersion()).isEqualTo(2);
    }
  }

  @Test
  void unknownSubjectsAndSchemasHaveConfluentsErrorCodes() throws Exception {
    String topic = newTopic();
    register(topic, ImageEvent.getClassSchema());
    try (SchemaRegistryClient client = RegistryClients.open(settings())) {
      assertThatThrownBy(() -> client.getLatestSchemaMetadata("nobody-value"))
          .asInstanceOf(type(RestClientException.class))
          .returns(404, RestClientException::getStatus)
          .returns(40401, RestClientException::getErrorCode);
      assertThatThrownBy(
              () -> client.getId(topic + "-value", new AvroSchema(DocumentEvent.getClassSchema())))
          .asInstanceOf(type(RestClientException.class))
          .returns(404, RestClientException::getStatus)
          .returns(40403, RestClientException::getErrorCode);
    }
  }

  @Test
  void whatTheWriterWritesTheReaderAndConfluentsDeserializerRead() throws Exception {
    String topic = newTopic();
    int id = register(topic, ImageEvent.getClassSchema());
    ImageEvent event = TestEvents.image("a");
    try (ResultWriter<ImageEvent> writer = new ResultWriter<>(settings(), topic, ImageEvent.class);
        EventReader<ImageEvent> reader = new EventReader<>(settings(), ImageEvent.class);
        KafkaAvroDeserializer confluent = new KafkaAvroDeserializer()) {
      byte[] value = writer.write(event);
      assertThat(WireFormat.schemaId(value)).isEqualTo(id);
      assertThat(reader.read(value)).isEqualTo(event);
      confluent.configure(
          Map.of("schema.registry.url", url(), "specific.avro.reader", "true"), false);
      assertThat(confluent.deserialize(topic, value)).isEqualTo(event);
    }
  }

  @Test
  void whatConfluentsSerializerWritesTheReaderReads() throws Exception {
    String topic = newTopic();
    register(topic, ImageEvent.getClassSchema());
    try (KafkaAvroSerializer confluent = new KafkaAvroSerializer();
        EventReader<ImageEvent> reader = new EventReader<>(settings(), ImageEvent.class)) {
      confluent.configure(
          Map.of("schema.registry.url", url(), "auto.register.schemas", "false"), false);
      for (String name : List.of("first", "second")) {
        ImageEvent event = TestEvents.image(name);
        assertThat(reader.read(confluent.serialize(topic, event))).isEqualTo(event);
      }
    }
  }

  @Test
  void recordsOfACompatibleOtherVersionAreRead() throws Exception {
    String topic = newTopic();
    Schema other =
        EvolvingSchemas.withExtraField(ImageEvent.getClassSchema(), "extra", "from the future");
    int id = register(topic, other);
    byte[] value = EvolvingSchemas.encode(TestEvents.image("evolved"), other, id);
    try (EventReader<ImageEvent> reader = new EventReader<>(settings(), ImageEvent.class)) {
      assertThat(reader.read(value)).isEqualTo(TestEvents.image("evolved"));
    }
  }

  @Test
  void eachKindOfForeignBytesHasItsReasonAndTheNextRecordIsRead() throws Exception {
    String images = newTopic();
    String documents = newTopic();
    register(images, ImageEvent.getClassSchema());
    register(documents, DocumentEvent.getClassSchema());
    try (ResultWriter<ImageEvent> image = new ResultWriter<>(settings(), images, ImageEvent.class);
        ResultWriter<DocumentEvent> document =
            new ResultWriter<>(settings(), documents, DocumentEvent.class);
        EventReader<ImageEvent> reader = new EventReader<>(settings(), ImageEvent.class)) {
      byte[] good = image.write(TestEvents.image("good"));
      byte[] unknownId = good.clone();
      unknownId[1] = 0x7f;
      byte[] longer = Arrays.copyOf(good, good.length + 3);
      assertReason(reader, null, Reason.EMPTY, "no value");
      assertReason(reader, new byte[0], Reason.EMPTY, "empty");
      assertReason(reader, "hello".getBytes(UTF_8), Reason.NOT_WIRE_FORMAT, "0x68");
      assertReason(reader, new byte[] {0, 0, 0}, Reason.NOT_WIRE_FORMAT, "3 bytes");
      assertReason(reader, unknownId, Reason.UNKNOWN_SCHEMA_ID, "no schema with id 21");
      assertReason(
          reader,
          document.write(TestEvents.document("d")),
          Reason.WRONG_RECORD_TYPE,
          "DocumentEvent");
      assertReason(reader, longer, Reason.MALFORMED, "longer");
      for (int length = 5; length < good.length; length++) {
        byte[] cut = Arrays.copyOf(good, length);
        assertThatThrownBy(() -> reader.read(cut))
            .asInstanceOf(type(UndecodableRecordException.class))
            .satisfies(e -> assertThat(e.reason()).isIn(Reason.TRUNCATED, Reason.MALFORMED));
      }
      assertThat(reader.read(good)).isEqualTo(TestEvents.image("good"));
    }
  }

  private static void assertReason(
      EventReader<ImageEvent> reader, byte[] value, Reason reason, String words) {
    assertThatThrownBy(() -> reader.read(value))
        .asInstanceOf(type(UndecodableRecordException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .extracting(Throwable::getMessage)
        .asString()
        .contains(words);
  }

  @Test
  void aWriterWhoseSchemaIsNotRegisteredSaysWhatToDo() throws Exception {
    String topic = newTopic();
    try (ResultWriter<ImageEvent> writer =
        new ResultWriter<>(settings(), topic, ImageEvent.class)) {
      assertThatThrownBy(() -> writer.write(TestEvents.image("x")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(topic)
          .hasMessageContaining("register the schemas before the job starts");
    }
  }

  @Test
  void concurrentFirstRegistrationsAllSucceedWithOneId() throws Exception {
    int clients = 4;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      for (int round = 0; round < 3; round++) {
        String topic = newTopic();
        CyclicBarrier together = new CyclicBarrier(clients);
        Callable<Integer> registration =
            () -> {
              together.await();
              return register(topic, ImageEvent.getClassSchema());
            };
        List<Future<Integer>> ids =
            threads.invokeAll(java.util.Collections.nCopies(clients, registration));
        for (Future<Integer> id : ids) {
          assertThat(id.get()).isEqualTo(ids.get(0).get());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
