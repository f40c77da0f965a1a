package dev.moonflow.jobs.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.registry.AvroRecords;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.jobs.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AvroFormTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Claim", "namespace": "a.b", "fields": [
                {"name": "id", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "photo", "type": "bytes"},
                {"name": "car", "type": ["null", {"type": "record", "name": "Car", "fields": [
                  {"name": "plates", "type": {"type": "array", "items": "string"}},
                  {"name": "price", "type": "double"},
                  {"name": "tags", "type": {"type": "map", "values": "int"}}]}]}]}
              """);

  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    registry = EmbeddedRegistry.start();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  private static Settings settings() {
    return JsonFormTest.settings()
        .with("moonflow.registry.url", registry.url())
        .with("moonflow.enrich.format", "avro")
        .with("moonflow.enrich.prompt", "{id} {car.plates.1} {car.price} {car.tags.x}");
  }

  private static byte[] body(Schema schema, GenericRecord record) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    return bytes.toByteArray();
  }

  private static byte[] value(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  private static GenericRecord claim() {
    GenericRecord car = new GenericData.Record(SCHEMA.getField("car").schema().getTypes().get(1));
    car.put("plates", List.of("A-1", "B-2"));
    car.put("price", 1.5);
    car.put("tags", Map.of("x", 7));
    GenericRecord claim = new GenericData.Record(SCHEMA);
    claim.put("id", 1234L);
    claim.put("photo", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    claim.put("car", car);
    return claim;
  }

  @Test
  void theAnswerStandsBehindTheOriginalBytes() throws Exception {
    try (AvroRecords records = new AvroRecords(RegistrySettings.of(registry.url()))) {
      byte[] body = body(SCHEMA, claim());
      byte[] value = value(records.register("claims", SCHEMA), body);
      for (Map.Entry<String, Object> each :
          Map.<String, Object>of("integer", 42L, "decimal", 2.5).entrySet()) {
        Settings settings =
            settings()
                .with("moonflow.enrich.number", each.getKey())
                .with("moonflow.enrich.to", "to-" + each.getKey());
        EnrichSchemas.register(settings);
        assertThat(records.latest("to-" + each.getKey())).isPresent();
        try (RecordForm form = RecordForm.of(EnrichSettings.of(settings))) {
          byte[] extended = form.extend(value, each.getValue().toString());
          assertThat(Arrays.copyOfRange(extended, 5, 5 + body.length)).isEqualTo(body);
          GenericRecord read = records.read(extended);
          assertThat(read.get("answer")).isEqualTo(each.getValue());
          assertThat(read.get("id")).isEqualTo(1234L);
          assertThat(read.getSchema()).isEqualTo(records.latest("to-" + each.getKey()).get());
          assertThat(records.read(form.extend(value, null)).get("answer")).isNull();
        }
      }
    }
  }

  @Test
  void fieldsOfRecordsListsAndMapsAreFound() throws Exception {
    try (AvroRecords records = new AvroRecords(RegistrySettings.of(registry.url()));
        RecordForm form = RecordForm.of(EnrichSettings.of(settings()))) {
      int id = records.register("claims", SCHEMA);
      RecordFields fields = form.read(value(id, body(SCHEMA, claim())));
      assertThat(fields.texts())
          .containsEntry("id", "1234")
          .containsEntry("car.plates.1", "B-2")
          .containsEntry("car.price", "1.5")
          .containsEntry("car.tags.x", "7");
      assertThat(fields.image()).isEqualTo(new byte[] {1, 2, 3});
      GenericRecord without = claim();
      without.put("car", null);
      assertThat(form.read(value(id, body(SCHEMA, without))).texts()).containsOnlyKeys("id");
    }
  }

  @Test
  void whatIsNoRecordIsRefused() throws Exception {
    try (AvroRecords records = new AvroRecords(RegistrySettings.of(registry.url()));
        RecordForm form = RecordForm.of(EnrichSettings.of(settings()))) {
      int id = records.register("claims", SCHEMA);
      byte[] body = body(SCHEMA, claim());
      assertThatThrownBy(() -> form.read(value(id, Arrays.copyOf(body, 4))))
          .hasMessageContaining("not an encoding of Claim");
      assertThatThrownBy(() -> form.read(value(id, Arrays.copyOf(body, body.length + 1))))
          .hasMessageContaining("longer than the Claim");
      assertThatThrownBy(() -> form.read(value(999, body)))
          .hasMessageContaining("no schema with id 999");
      Schema node =
          new Schema.Parser()
              .parse(
                  "{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"next\","
                      + "\"type\":[\"null\",\"Node\"]}]}");
      GenericRecord one = new GenericData.Record(node);
      byte[] recursive = value(records.register("nodes", node), body(node, one));
      assertThatThrownBy(() -> form.extend(recursive, "x"))
          .hasMessageContaining("the record Node cannot take the field answer");
    }
  }
}
