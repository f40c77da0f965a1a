package dev.moonflow.connectors.kafka;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The serialization of records whose bytes are finished: it only names their topic. */
public final class OutputRecords implements KafkaRecordSerializationSchema<OutputRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutputRecord record, KafkaSinkContext context, Long flinkTimestamp) {
    return toProducerRecord(record);
  }

  /** The same record in a Kafka producer's hands. */
  public static ProducerRecord<byte[], byte[]> toProducerRecord(OutputRecord record) {
    ProducerRecord<byte[], byte[]> produced =
        new ProducerRecord<>(
            record.topic(), null, record.timestamp(), record.key(), record.value());
    for (RecordHeader header : record.headers()) {
      produced.headers().add(header.name(), header.value());
    }
    return produced;
  }
}
