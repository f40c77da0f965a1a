package dev.moonflow.connectors.pieces;

import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;

/** A partition with the record of it that is open; its offset is behind that record. */
final class OpenSplit<T> extends KafkaPartitionSplit {
  private final OpenRecord<T> open;

  OpenSplit(KafkaPartitionSplit partition, OpenRecord<T> open) {
    super(
        partition.getTopicPartition(),
        partition.getStartingOffset(),
        partition.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
    this.open = open;
  }

  /** A partition that is read to its end but for the record that is open. */
  static <T> OpenSplit<T> ofTheLast(OpenRecord<T> open) {
    TopicPartition partition = new TopicPartition(open.record().topic(), open.record().partition());
    long end = open.record().offset() + 1;
    return new OpenSplit<>(new KafkaPartitionSplit(partition, end, end), open);
  }

  OpenRecord<T> open() {
    return open;
  }

  /** The partition alone. */
  static KafkaPartitionSplit plain(KafkaPartitionSplit split) {
    return new KafkaPartitionSplit(
        split.getTopicPartition(),
        split.getStartingOffset(),
        split.getStoppingOffset().orElse(NO_STOPPING_OFFSET));
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && other instanceof OpenSplit<?> that && open.equals(that.open);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
