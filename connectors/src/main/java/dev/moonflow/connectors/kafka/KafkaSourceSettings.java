package dev.moonflow.connectors.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * What a source needs to know.
 *
 * @param bootstrapServers {@code host:port} list of the cluster
 * @param topic the one topic to read
 * @param group consumer group whose committed offsets show the progress
 * @param start where to begin without a checkpoint
 * @param bounded whether to stop at the offsets that are the latest when the job starts
 * @param clientProperties passed to the Kafka consumer as they are, for TLS, SASL and tuning
 */
public record KafkaSourceSettings(
    String bootstrapServers,
    String topic,
    String group,
    StartingPoint start,
    boolean bounded,
    Map<String, String> clientProperties)
    implements Serializable {
  public KafkaSourceSettings {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(start, "start");
    clientProperties = Map.copyOf(clientProperties);
  }

  /** An unbounded source that goes on from the group's committed offsets. */
  public static KafkaSourceSettings of(String bootstrapServers, String topic, String group) {
    return new KafkaSourceSettings(
        bootstrapServers, topic, group, StartingPoint.COMMITTED, false, Map.of());
  }

  /** The same with another place to begin. */
  public KafkaSourceSettings startingAt(StartingPoint point) {
    return new KafkaSourceSettings(
        bootstrapServers, topic, group, point, bounded, clientProperties);
  }

  /** The same, stopping at the offsets that are the latest when the job starts. */
  public KafkaSourceSettings boundedNow() {
    return new KafkaSourceSettings(bootstrapServers, topic, group, start, true, clientProperties);
  }

  /** The same with properties for the Kafka consumer. */
  public KafkaSourceSettings withClientProperties(Map<String, String> properties) {
    return new KafkaSourceSettings(bootstrapServers, topic, group, start, bounded, properties);
  }
}
