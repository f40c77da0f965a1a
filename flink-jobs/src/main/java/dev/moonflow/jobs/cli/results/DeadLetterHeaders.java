package dev.moonflow.jobs.cli.results;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What the headers of a dead letter say.
 *
 * @param key the record's key, mostly the source of the event
 * @param position {@code topic-partition@offset} of the event
 * @param part the whole event, or the page where only one failed
 * @param reason what was being done, and why it failed
 */
record DeadLetterHeaders(String key, String position, String part, String reason) {

  static DeadLetterHeaders of(ConsumerRecord<byte[], byte[]> kafkaRecord) {
    String position =
        header(kafkaRecord, ErrorHeaders.TOPIC)
            + "-"
            + header(kafkaRecord, ErrorHeaders.PARTITION)
            + "@"
            + header(kafkaRecord, ErrorHeaders.OFFSET);
    String page = header(kafkaRecord, ErrorHeaders.PAGE);
    String stage = header(kafkaRecord, ErrorHeaders.STAGE);
    return new DeadLetterHeaders(
        text(kafkaRecord.key()),
        position,
        page.isEmpty() ? "event" : "page " + page,
        stage + ": " + header(kafkaRecord, ErrorHeaders.MESSAGE));
  }

  OutputRow row() {
    String source = key.isEmpty() ? position : key;
    return new OutputRow(Topics.DEAD_LETTERS, "", source, part, reason, 0);
  }

  private static String header(ConsumerRecord<byte[], byte[]> kafkaRecord, String name) {
    Header header = kafkaRecord.headers().lastHeader(name);
    return header == null ? "" : text(header.value());
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
