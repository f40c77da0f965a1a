package dev.moonflow.jobs.cli.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Records as lines of JSON: where each lies, its key, its headers and its value as plain fields.
 */
final class ResultJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ResultJson() {}

  /**
   * One line.
   *
   * @param value the decoded record; null for a dead letter, of which the bytes are given
   */
  static String line(
      Topics topic, ConsumerRecord<byte[], byte[]> kafkaRecord, SpecificRecord value) {
    ObjectNode line = NODES.objectNode();
    line.put("topic", kafkaRecord.topic());
    line.put("partition", kafkaRecord.partition());
    line.put("offset", kafkaRecord.offset());
    line.put("key", text(kafkaRecord.key()));
    ObjectNode headers = line.putObject("headers");
    for (Header header : kafkaRecord.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    if (topic.isAvro()) {
      line.set("value", node(value));
    } else {
      line.set("bytes", NODES.binaryNode(kafkaRecord.value()));
    }
    // A tree of plain nodes prints itself as JSON.
    return line.toString();
  }

  private static JsonNode node(Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof IndexedRecord inner) {
      ObjectNode object = NODES.objectNode();
      for (Schema.Field field : inner.getSchema().getFields()) {
        object.set(field.name(), node(inner.get(field.pos())));
      }
      return object;
    }
    if (value instanceof Collection<?> items) {
      ArrayNode array = NODES.arrayNode();
      items.forEach(item -> array.add(node(item)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = NODES.objectNode();
      map.forEach((k, v) -> object.set(String.valueOf(k), node(v)));
      return object;
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return NODES.binaryNode(copy);
    }
    return scalar(value);
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof Integer i) {
      return NODES.numberNode(i);
    }
    if (value instanceof Long l) {
      return NODES.numberNode(l);
    }
    if (value instanceof Float f) {
      return NODES.numberNode(f);
    }
    if (value instanceof Double d) {
      return NODES.numberNode(d);
    }
    if (value instanceof Boolean b) {
      return NODES.booleanNode(b);
    }
    return NODES.textNode(value.toString());
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
