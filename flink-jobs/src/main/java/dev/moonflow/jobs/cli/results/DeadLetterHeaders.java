package dev.moonflow.jobs.cli.results;

import dev.moonflow.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What the headers of a dead letter say, by the names that Kafka Connect gives them.
 *
 * @param key the record's key, mostly the source of the event
 * @param stage what was being done
 * @param exception class of the exception
 * @param message its message: the reason
 * @param position {@code topic-partition@offset} of the event
 */
record DeadLetterHeaders(
    String key, String stage, String exception, String message, String position) {
  private static final String PREFIX = "__connect.errors.";

  static DeadLetterHeaders of(ConsumerRecord<byte[], byte[]> kafkaRecord) {
    String position =
        header(kafkaRecord, "topic")
            + "-"
            + header(kafkaRecord, "partition")
            + "@"
            + header(kafkaRecord, "offset");
    return new DeadLetterHeaders(
        text(kafkaRecord.key()),
        header(kafkaRecord, "stage"),
        header(kafkaRecord, "exception.class.name"),
        header(kafkaRecord, "exception.message"),
        position);
  }

  OutputRow row() {
    String source = key.isEmpty() ? position : key;
    return new OutputRow(Topics.DEAD_LETTERS, "", source, stage, message, 0);
  }

  private static String header(ConsumerRecord<byte[], byte[]> kafkaRecord, String name) {
    Header header = kafkaRecord.headers().lastHeader(PREFIX + name);
    return header == null ? "" : text(header.value());
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
