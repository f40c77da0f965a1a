package dev.moonflow.connectors.kafka;

import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** Sinks of finished records. */
public final class KafkaSinks {
  /**
   * Bytes of a record at most: a dead letter carries its event whole, and the producer's own limit
   * of 1 MiB would turn a large one into a restart. The broker's and the topic's limit stay.
   */
  static final long RECORD_BYTES_MAX = 80L << 20;

  private static final long BUFFER_BYTES = 96L << 20;

  private KafkaSinks() {}

  /**
   * A sink that writes each record to the topic it names, in one Kafka transaction per checkpoint
   * and subtask: readers under {@code read_committed} see every record exactly once.
   */
  public static KafkaSink<OutputRecord> transactional(KafkaSinkSettings settings) {
    return KafkaSink.<OutputRecord>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setKafkaProducerConfig(properties(settings))
        .setRecordSerializer(new OutputRecords())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(settings.transactionalIdPrefix())
        .build();
  }

  private static Properties properties(KafkaSinkSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("compression.type", "lz4");
    properties.setProperty("max.request.size", Long.toString(RECORD_BYTES_MAX));
    properties.setProperty("buffer.memory", Long.toString(BUFFER_BYTES));
    properties.putAll(settings.clientProperties());
    properties.setProperty(
        "transaction.timeout.ms", Long.toString(settings.transactionTimeout().toMillis()));
    return properties;
  }
}
