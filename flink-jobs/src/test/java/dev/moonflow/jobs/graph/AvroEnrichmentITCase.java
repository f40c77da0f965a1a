package dev.moonflow.jobs.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.registry.AvroRecords;
import dev.moonflow.jobs.enrich.EnrichSchemas;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Avro topic of a user's own, enriched through broker, registry and Flink. */
class AvroEnrichmentITCase {
  private static final int RECORDS = 6;
  private static final int HEADER = 5;

  private static final Schema CLAIM =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Claim", "namespace": "com.insurer", "fields": [
                {"name": "number", "type": "long"},
                {"name": "owner", "type": ["null", {"type": "record", "name": "Owner", "fields": [
                  {"name": "name", "type": "string"},
                  {"name": "since", "type": {"type": "int", "logicalType": "date"}}]}]},
                {"name": "scans", "type": {"type": "array", "items": "bytes"}},
                {"name": "state", "type": {"type": "enum", "name": "State",
                  "symbols": ["OPEN", "CLOSED"]}},
                {"name": "amounts", "type": {"type": "map", "values": "double"}}]}
              """);

  @TempDir Path folder;

  private static GenericRecord claim(int number, String owner) throws Exception {
    GenericRecord claim = new GenericData.Record(CLAIM);
    claim.put("number", (long) number);
    if (owner != null) {
      GenericRecord person =
          new GenericData.Record(CLAIM.getField("owner").schema().getTypes().get(1));
      person.put("name", owner);
      person.put("since", 20_000 + number);
      claim.put("owner", person);
    }
    claim.put("scans", List.of(ByteBuffer.wrap(Golden.image("a_37x61.png"))));
    Schema state = CLAIM.getField("state").schema();
    claim.put("state", new GenericData.EnumSymbol(state, number % 2 == 0 ? "OPEN" : "CLOSED"));
    claim.put("amounts", Map.of("damage", number * 1.5));
    return claim;
  }

  private static byte[] value(int schemaId, GenericRecord record) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    byte[] body = bytes.toByteArray();
    return ByteBuffer.allocate(HEADER + body.length)
        .put((byte) 0)
        .putInt(schemaId)
        .put(body)
        .array();
  }

  @Test
  void theAnswerGoesIntoItsFieldAndEveryOtherFieldIsAsItWas() throws Exception {
    try (Services services = Services.embedded();
        LocalCluster cluster = LocalCluster.start();
        Publisher publisher = new Publisher(services);
        AvroRecords registry = new AvroRecords(services.registrySettings());
        Subscriber letters = new Subscriber(services, Topics.DEAD_LETTERS)) {
      services.createTopics("claims", "claims-read");
      int id = registry.register("claims", CLAIM);
      Settings settings =
          services
              .settings(folder.resolve("checkpoints"))
              .with("moonflow.enrich.topic", "claims")
              .with("moonflow.enrich.to", "claims-read")
              .with("moonflow.enrich.format", "avro")
              .with("moonflow.enrich.image-field", "scans.0")
              .with(
                  "moonflow.enrich.prompt",
                  "Claim {number} of {owner.name} over {amounts.damage}: {{car or letter}}?")
              .with("moonflow.enrich.choices", "car;letter")
              .with("moonflow.enrich.answer-field", "what");
      EnrichSchemas.register(settings);
      cluster.run(settings, false);
      Map<Long, byte[]> published = new HashMap<>();
      for (int i = 0; i < RECORDS; i++) {
        byte[] value = value(id, claim(i, "Ada"));
        publisher.raw("claims", "k" + i % 2, value, "claim-" + i);
        published.put((long) i, value);
      }
      publisher.raw("claims", "k0", value(id, claim(99, null)), "no-owner");
      publisher.raw("claims", "k0", new byte[] {0, 0, 0, 127, 1, 2}, "no-schema");

      try (Subscriber enriched = new Subscriber(services, "claims-read")) {
        enriched.await(RECORDS);
        letters.await(2);
        check(enriched.linger(Duration.ofMillis(500)), published, registry);
      }
      checkLetters(letters.linger(Duration.ofMillis(200)));
      assertThat(cluster.status()).isEqualTo(JobStatus.RUNNING);
    }
  }

  private static void check(
      List<RawRecord> records, Map<Long, byte[]> published, AvroRecords registry) throws Exception {
    assertThat(records).hasSize(RECORDS);
    Map<String, List<Long>> byKey = new HashMap<>();
    for (RawRecord record : records) {
      GenericRecord read = registry.read(record.value());
      List<Schema.Field> fields = read.getSchema().getFields();
      assertThat(read.getSchema().getFullName()).isEqualTo("com.insurer.Claim");
      assertThat(fields.subList(0, fields.size() - 1))
          .extracting(field -> field.name() + field.schema())
          .isEqualTo(CLAIM.getFields().stream().map(f -> f.name() + f.schema()).toList());
      assertThat(fields.get(fields.size() - 1).name()).isEqualTo("what");
      assertThat(read.get("what").toString()).isIn("car", "letter");

      long number = (long) read.get("number");
      byte[] before = published.get(number);
      assertThat(Arrays.copyOfRange(record.value(), HEADER, before.length))
          .as("the fields of claim %d, byte for byte", number)
          .isEqualTo(Arrays.copyOfRange(before, HEADER, before.length));
      assertThat(RecordHeader.last(record.headers(), "traceparent").orElseThrow().text())
          .isEqualTo("claim-" + number);
      byKey.computeIfAbsent(new String(record.key(), UTF_8), k -> new ArrayList<>()).add(number);
    }
    assertThat(byKey).isEqualTo(Map.of("k0", List.of(0L, 2L, 4L), "k1", List.of(1L, 3L, 5L)));
  }

  private static void checkLetters(List<RawRecord> letters) {
    assertThat(letters)
        .extracting(
            letter -> header(letter, "traceparent") + ": " + header(letter, ErrorHeaders.MESSAGE))
        .satisfiesExactlyInAnyOrder(
            field -> assertThat(field).startsWith("no-owner: Field owner.name is missing"),
            schema -> assertThat(schema).startsWith("no-schema: the registry has no schema"));
  }

  private static String header(RawRecord letter, String name) {
    return RecordHeader.last(letter.headers(), name).orElseThrow().text();
  }
}
